-- Who asked for what on this catalog, and was it allowed?
-- Engine: SQL warehouse. The last 30 days; the service writes its audit log with some delay.
-- Parameters: :catalog (name in Unity Catalog, lower case).
-- Units: status is an HTTP status, 403 a refusal.
SELECT event_time,
       user_identity.email AS who,
       action_name,
       response.status_code AS status,
       coalesce(
           request_params['full_name_arg'],
           request_params['securable_full_name'],
           request_params['catalog_name'],
           request_params['name']) AS object
FROM system.access.audit
WHERE event_date >= date_sub(current_date(), 30)
  AND service_name = 'unityCatalog'
  AND (lower(coalesce(
           request_params['full_name_arg'],
           request_params['securable_full_name'],
           request_params['catalog_name'],
           request_params['name'])) = :catalog
       OR startswith(lower(coalesce(
           request_params['full_name_arg'],
           request_params['securable_full_name'])), concat(:catalog, '.')))
ORDER BY event_time DESC
LIMIT 100
