-- Which partitioned tables are there, and how many rows did the last ANALYZE of the whole find?
-- since: 17
-- timeout: 30s
-- params: none
-- units: rows; bytes; analyzed_rows -1 = never
-- Autovacuum analyzes partitions only: what the planner knows of the whole comes from a manual ANALYZE
-- of the partitioned table. Listed are those at the top; ANALYZE goes down from there.
with recursive tree as (
    select c.oid as root, c.oid as relid
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'p' and not c.relispartition
       and n.nspname not in ('pg_catalog', 'information_schema')
     union all
    select tree.root, h.inhrelid
      from tree join pg_catalog.pg_inherits h on h.inhparent = tree.relid
), leaf as (
    select tree.root, count(*) as partitions,
           sum(case when c.reltuples > 0 then c.reltuples
                    else coalesce(s.n_live_tup, 0) end)::int8 as row_count,
           sum(c.relpages::int8) * current_setting('block_size')::int8 as bytes
      from tree
      join pg_catalog.pg_class c on c.oid = tree.relid and c.relkind = 'r'
      left join pg_catalog.pg_stat_all_tables s on s.relid = c.oid
     group by tree.root
)
select n.nspname::text as schema_name, c.relname::text as table_name,
       leaf.partitions::int8 as partitions, leaf.row_count, leaf.bytes::int8 as bytes,
       c.reltuples::int8 as analyzed_rows,
       current_setting('autovacuum_analyze_threshold')::float8
         + current_setting('autovacuum_analyze_scale_factor')::float8
           * greatest(c.reltuples, 0)::float8 as analyze_limit,
       pg_catalog.has_table_privilege(c.oid, 'MAINTAIN') as may_maintain
  from leaf
  join pg_catalog.pg_class c on c.oid = leaf.root
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 order by 1, 2
