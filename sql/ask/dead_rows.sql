-- Which tables have the most dead rows?
-- since: 16
-- timeout: 5s
-- params: limit int8
-- units: rows
select schemaname::text as schema, relname::text as name, n_dead_tup as dead_rows, n_live_tup as live_rows,
       n_dead_tup::float8 / nullif(n_live_tup + n_dead_tup, 0) as dead_share,
       greatest(last_vacuum, last_autovacuum) as vacuumed_at, schemaname || '.' || relname as x_object
  from pg_catalog.pg_stat_user_tables where n_dead_tup > 0
 order by n_dead_tup desc limit :limit
