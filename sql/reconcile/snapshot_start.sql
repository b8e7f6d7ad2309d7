-- At what point does this snapshot stand, and how are values written in it?
-- since: 14
-- timeout: 10s
-- params: none
-- units: transaction ids; LSN
-- Values are written one way only, whatever role or database say: the settings end with the transaction.
select pg_catalog.set_config('TimeZone', 'UTC', true) as zone,
       pg_catalog.set_config('DateStyle', 'ISO, MDY', true) as dates,
       pg_catalog.set_config('IntervalStyle', 'postgres', true) as intervals,
       pg_catalog.set_config('extra_float_digits', '1', true) as digits,
       pg_catalog.set_config('bytea_output', 'hex', true) as bytes,
       pg_catalog.set_config('work_mem', '32MB', true) as memory,
       pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())::text as horizon,
       pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())::text as next_xid,
       case when pg_catalog.pg_is_in_recovery() then pg_catalog.pg_last_wal_replay_lsn()
            else pg_catalog.pg_current_wal_lsn() end::text as lsn,
       pg_catalog.current_setting('server_encoding') as encoding,
       pg_catalog.current_setting('track_commit_timestamp')::bool as commit_times,
       pg_catalog.now() as at
