-- Which databases write temporary files?
-- since: 16
-- timeout: 5s
-- params: none
-- units: bytes
select datname::text as name, temp_files, temp_bytes, pg_catalog.current_setting('work_mem') as work_mem,
       coalesce(stats_reset, pg_catalog.pg_postmaster_start_time()) as since_at, (sum(temp_bytes) over ())::int8 as x_all_bytes
  from pg_catalog.pg_stat_database where datname is not null and temp_files > 0 order by temp_bytes desc
