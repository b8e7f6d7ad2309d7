-- How often is a page found in shared buffers?
-- since: 16
-- timeout: 5s
-- params: none
-- units: none
select datname::text as name, blks_hit::float8 / nullif(blks_hit + blks_read, 0) as hit_share, blks_hit as pages_found, blks_read as pages_read,
       coalesce(stats_reset, pg_catalog.pg_postmaster_start_time()) as since_at, pg_catalog.current_setting('shared_buffers') as shared_buffers
  from pg_catalog.pg_stat_database where datname is not null and blks_hit + blks_read > 0
 order by datname = current_database() desc, blks_read desc limit 20
