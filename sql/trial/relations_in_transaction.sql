-- What does this very session hold and see of every relation, uncommitted changes included?
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
       pg_catalog.pg_stat_get_xact_tuples_returned(c.oid) as scanned,
       pg_catalog.pg_stat_get_xact_numscans(c.oid) as scans,
       (select pg_catalog.array_agg(l.mode)
          from pg_catalog.pg_locks l
         where l.locktype = 'relation' and l.relation = c.oid and l.granted
           and l.pid = pg_catalog.pg_backend_pid()
           and l.database = (select d.oid from pg_catalog.pg_database d
                              where d.datname = pg_catalog.current_database())) as modes
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
   and n.nspname not like 'pg\_temp\_%' and n.nspname not like 'pg\_toast\_temp\_%'
   and c.relkind in ('r', 'p', 'f', 'i', 'I', 'S', 'm', 'v')
