-- Which workers of autovacuum are busy, how far are they, and how much may they read?
-- since: 16
-- timeout: 5s
-- params: none
-- units: seconds, bytes
-- The cost limit is shared by the workers; tables with a limit of their own are not counted in it.
with s as (
    select current_setting('autovacuum_max_workers')::int8 as workers,
           coalesce(nullif(current_setting('autovacuum_vacuum_cost_limit')::int8, -1),
                    current_setting('vacuum_cost_limit')::int8) as cost_limit,
           (select coalesce(nullif(a.setting::float8, -1), v.setting::float8)
              from pg_catalog.pg_settings a, pg_catalog.pg_settings v
             where a.name = 'autovacuum_vacuum_cost_delay' and v.name = 'vacuum_cost_delay') as delay_ms,
           greatest(current_setting('vacuum_cost_page_miss')::float8, 1) as page_cost,
           current_setting('block_size')::float8 as page_bytes
)
select a.pid, a.datname::text as database,
       regexp_replace(regexp_replace(a.query, '^autovacuum: (VACUUM ANALYZE|VACUUM|ANALYZE) ', ''), ' \(to prevent wraparound\)$', '') as name,
       coalesce(p.phase, 'analyzing') as phase, p.heap_blks_scanned::float8 / nullif(p.heap_blks_total, 0) as done_share,
       a.xact_start as started_at, extract(epoch from clock_timestamp() - a.xact_start)::float8 as running_seconds,
       case when p.phase = 'scanning heap' and p.heap_blks_scanned > 0
            then (p.heap_blks_total - p.heap_blks_scanned)::float8 / p.heap_blks_scanned
                 * extract(epoch from clock_timestamp() - a.xact_start)::float8 end as rest_seconds,
       count(*) over () as x_busy, s.workers as x_workers, s.workers - count(*) over () as x_free,
       s.cost_limit as x_cost_limit, s.delay_ms || ' ms' as x_cost_delay,
       s.cost_limit * 1000 / nullif(s.delay_ms, 0) / s.page_cost * s.page_bytes as x_reads_bytes
  from s, pg_catalog.pg_stat_activity a
  left join pg_catalog.pg_stat_progress_vacuum p on p.pid = a.pid
 where a.backend_type = 'autovacuum worker'
 order by a.xact_start nulls last
