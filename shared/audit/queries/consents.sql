-- Who allowed which app, the latest first
SELECT time, tenant, actor, client_id, src_ip
FROM audit_events
WHERE activity = 'consent'
ORDER BY time DESC
