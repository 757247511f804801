-- What one user did, and from where, the latest first; takes the id of the user
SELECT time, tenant, activity, status, client_id, src_ip, rule
FROM audit_events
WHERE actor = ? AND class_uid IN (3002, 3003)
ORDER BY time DESC
