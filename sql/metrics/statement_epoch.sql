-- Since when do the statement statistics count, and how many entries were thrown out?
-- since: 17
-- timeout: 10s
-- params: none
-- units: evictions since stats_reset
-- extensions: pg_stat_statements
select clock_timestamp() as at, pg_catalog.pg_postmaster_start_time() as postmaster_start,
       i.dealloc as evictions, i.stats_reset
  from {pg_stat_statements}.pg_stat_statements_info i
