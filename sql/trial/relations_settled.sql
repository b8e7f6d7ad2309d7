-- What do the shared statistics say of every relation, and which file does each have?
-- since: 15
-- timeout: 30s
-- params: none
-- units: rows
select c.oid,
       n.nspname || '.' || c.relname as relation,
       case c.relkind when 'r' then 'table' when 'p' then 'table' when 'f' then 'foreign table'
                      when 'i' then 'index' when 'I' then 'index' when 'S' then 'sequence'
                      when 'm' then 'materialized view' else 'view' end as kind,
       coalesce(pg_catalog.pg_relation_filenode(c.oid), 0)::int8 as file,
       pg_catalog.pg_stat_get_tuples_returned(c.oid) as scanned,
       pg_catalog.pg_stat_get_numscans(c.oid) as scans,
       null::text[] as modes
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
   and n.nspname not like 'pg\_temp\_%' and n.nspname not like 'pg\_toast\_temp\_%'
   and c.relkind in ('r', 'p', 'f', 'i', 'I', 'S', 'm', 'v')
