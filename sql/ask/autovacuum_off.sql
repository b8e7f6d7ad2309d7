-- For what is autovacuum switched off: the whole server, or which tables?
-- since: 16
-- timeout: 5s
-- params: none
-- units: none
select 'the whole server' as name
 where pg_catalog.current_setting('autovacuum') = 'off'
union all
(select n.nspname || '.' || c.relname
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace, unnest(c.reloptions) as o
 where c.relkind = 'r' and o like 'autovacuum_enabled=%' and not split_part(o, '=', 2)::bool
 order by c.relpages desc limit 60)
