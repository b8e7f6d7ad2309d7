-- Since when does the server count statements, and has it thrown some away?
-- since: 17
-- timeout: 10s
-- params: none
-- units: counts
-- extensions: pg_stat_statements
select i.dealloc, i.stats_reset, pg_postmaster_start_time() as postmaster_start,
       current_setting('pg_stat_statements.max')::int4 as max_entries,
       (select count(*) from {pg_stat_statements}.pg_stat_statements(false)) as entries
  from {pg_stat_statements}.pg_stat_statements_info i
