-- How many deadlocks, rollbacks and conflicts were there?
-- since: 16
-- timeout: 5s
-- params: none
-- units: none
select datname::text as name, deadlocks, xact_commit as commits, xact_rollback as rollbacks,
       xact_rollback::float8 / nullif(xact_commit + xact_rollback, 0) as rollback_share, conflicts, checksum_failures,
       coalesce(stats_reset, pg_catalog.pg_postmaster_start_time()) as since_at, (sum(deadlocks) over ())::int8 as x_all
  from pg_catalog.pg_stat_database where datname is not null and datname !~ '^template'
 order by deadlocks desc, xact_rollback desc
