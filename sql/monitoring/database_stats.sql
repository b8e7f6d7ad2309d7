-- What has each database done since its statistics began?
-- since: 17
-- timeout: 30s
-- params: with_size bool
-- units: *_ms milliseconds; *_bytes bytes; the rest counts
-- The size walks the database's files: ask for it rarely. Null where the login may not see it.
select d.datname::text as database_name, s.numbackends as backends,
       s.xact_commit as commits, s.xact_rollback as rollbacks,
       s.blks_read as blocks_read, s.blks_hit as blocks_hit,
       s.tup_returned as rows_returned, s.tup_fetched as rows_fetched,
       s.tup_inserted as rows_inserted, s.tup_updated as rows_updated, s.tup_deleted as rows_deleted,
       s.conflicts, s.temp_files, s.temp_bytes, s.deadlocks, s.checksum_failures,
       s.blk_read_time as read_ms, s.blk_write_time as write_ms,
       s.session_time as session_ms, s.active_time as active_ms,
       s.idle_in_transaction_time as idle_in_transaction_ms,
       s.sessions, s.sessions_abandoned, s.sessions_fatal, s.sessions_killed,
       case when :with_size
                 and (has_database_privilege(d.oid, 'CONNECT')
                      or pg_has_role('pg_read_all_stats', 'USAGE'))
            then pg_database_size(d.oid) end as size_bytes,
       s.stats_reset
  from pg_database d
  join pg_stat_database s on s.datid = d.oid
 where not d.datistemplate
 order by 1
