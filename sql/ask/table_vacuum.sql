-- When was this table last vacuumed and analyzed, and what is dead in it?
-- since: 16
-- timeout: 5s
-- params: schema_name text, table_name text
-- units: rows
with recursive tree as (
    select c.oid from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where n.nspname = :schema_name and c.relname = :table_name
    union all
    select h.inhrelid from tree p join pg_catalog.pg_inherits h on h.inhparent = p.oid
)
select s.schemaname || '.' || s.relname as name, n_live_tup as live_rows, n_dead_tup as dead_rows,
       n_dead_tup::float8 / nullif(n_live_tup + n_dead_tup, 0) as dead_share,
       greatest(last_vacuum, last_autovacuum) as vacuumed_at, vacuum_count + autovacuum_count as vacuums,
       greatest(last_analyze, last_autoanalyze) as analyzed_at, n_mod_since_analyze as changed_since,
       pg_catalog.array_to_string(c.reloptions, ', ') as own_settings
  from tree t join pg_catalog.pg_stat_all_tables s on s.relid = t.oid join pg_catalog.pg_class c on c.oid = t.oid
 order by n_dead_tup desc
