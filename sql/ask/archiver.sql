-- Is WAL archived?
-- since: 16
-- timeout: 5s
-- params: none
-- units: none
select pg_catalog.current_setting('archive_mode') as archive_mode, archived_count as archived, failed_count as failed,
       last_archived_time as last_archived_at, last_failed_time as last_failed_at, last_failed_wal, stats_reset as since_at
  from pg_catalog.pg_stat_archiver
