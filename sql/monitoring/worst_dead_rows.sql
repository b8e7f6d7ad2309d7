-- Which table of this database has the largest share of dead rows, small tables left out?
-- since: 17
-- timeout: 10s
-- params: min_rows int8, min_bytes int8
-- units: rows; bytes; dead_ratio 0 to 1
-- Floors: below them a share says nothing.
-- A crash empties the counters: the live rows are then not 0, but those of the last analysis.
-- Measuring a table waits for its lock: of one locked exclusively, or about to be, the catalog's pages count.
with locked as materialized (
    select relation from pg_catalog.pg_locks
     where mode = 'AccessExclusiveLock' and relation is not null
       and database = (select oid from pg_catalog.pg_database where datname = current_database())
)
select n.nspname as schema_name, c.relname as table_name, c.oid::bigint as table_oid,
       greatest(s.n_live_tup, c.reltuples - s.n_dead_tup)::int8 as live_rows,
       s.n_dead_tup as dead_rows,
       s.n_dead_tup::float8 / nullif(greatest(s.n_live_tup + s.n_dead_tup, c.reltuples), 0)
           as dead_ratio,
       c.relpages::bigint * current_setting('block_size')::int as table_bytes
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_stat_user_tables s on s.relid = c.oid
where c.relkind in ('r', 'm') and c.relpersistence <> 't'
  -- One after the other: asking every small table's size would cost more than all the rest.
  and case when greatest(s.n_live_tup + s.n_dead_tup, c.reltuples) >= :min_rows
           then case when c.oid in (select relation from locked)
                     then c.relpages::bigint * current_setting('block_size')::int
                     else pg_relation_size(c.oid) end >= :min_bytes
           else false end
order by dead_ratio desc nulls last
limit 5
