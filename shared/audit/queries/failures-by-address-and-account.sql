-- Failed sign-ins by address and account, the most frequent first, for the last 30 days
SELECT src_ip, actor AS account, tenant, count(*) AS failures, min(time) AS first_at, max(time) AS last_at
FROM audit_events
WHERE activity = 'sign-in-failed' AND day >= cast(cast(current_date - interval '30' day AS date) AS varchar)
GROUP BY src_ip, actor, tenant
ORDER BY failures DESC
