-- Tokens issued to each client, by day and grant, for the last 30 days
SELECT day, tenant, client_id, activity, count(*) AS issued
FROM audit_events
WHERE activity IN ('code-redeemed', 'token-refreshed', 'token-issued') AND day >= cast(cast(current_date - interval '30' day AS date) AS varchar)
GROUP BY day, tenant, client_id, activity
ORDER BY day DESC, issued DESC
