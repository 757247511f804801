-- Sign-ins to each app and the people behind them, by day, for the last 30 days
SELECT day, tenant, client_id, count(*) AS sign_ins, count(DISTINCT actor) AS people
FROM audit_events
WHERE activity = 'code-redeemed' AND day >= cast(cast(current_date - interval '30' day AS date) AS varchar)
GROUP BY day, tenant, client_id
ORDER BY day DESC, sign_ins DESC
