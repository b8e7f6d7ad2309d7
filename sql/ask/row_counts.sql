-- How many rows do tables have, by the servers own estimate?
-- since: 16
-- timeout: 5s
-- params: schema_name text, table_name text, limit int8
-- units: none
select n.nspname::text as schema, c.relname::text as name, greatest(c.reltuples, 0)::int8 as estimated_rows,
       coalesce(s.n_live_tup, 0) as live_rows, coalesce(s.n_dead_tup, 0) as dead_rows,
       greatest(s.last_analyze, s.last_autoanalyze) as analyzed_at
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_stat_all_tables s on s.relid = c.oid
 where c.relkind in ('r', 'p', 'm') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and (:table_name = '' or (n.nspname = :schema_name and c.relname = :table_name))
 order by c.reltuples desc limit :limit
