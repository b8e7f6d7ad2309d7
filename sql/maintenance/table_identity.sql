-- Is this still the same table, may we look after it, and does nobody else do so right now?
-- since: 17
-- timeout: 10s
-- params: schema_name text, table_name text
-- units: none
select c.oid::int8 as table_oid, pg_catalog.has_table_privilege(c.oid, 'MAINTAIN') as may_maintain,
       exists (select from pg_catalog.pg_stat_progress_vacuum p where p.relid = c.oid) as vacuum_running
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where n.nspname = :schema_name and c.relname = :table_name and c.relkind in ('r', 'm', 'p')
