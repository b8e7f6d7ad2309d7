-- Which tables does this catalog feed, which feed it, and when was it last seen?
-- Engine: SQL warehouse. The last 30 days; the service writes lineage with some delay.
-- Parameters: :catalog (name in Unity Catalog, lower case).
-- Units: events are reads or writes that were observed.
SELECT source_table_full_name,
       target_table_full_name,
       entity_type,
       max(event_time) AS last_seen,
       count(*) AS events
FROM system.access.table_lineage
WHERE event_date >= date_sub(current_date(), 30)
  AND (source_table_catalog = :catalog OR target_table_catalog = :catalog)
GROUP BY source_table_full_name, target_table_full_name, entity_type
ORDER BY last_seen DESC
LIMIT 100
