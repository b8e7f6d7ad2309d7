-- How many autovacuum workers are busy, which transaction id comes next, and may this server be changed?
-- since: 17
-- timeout: 5s
-- params: none
-- units: transactions, with their epoch
select current_database()::text as database_name, pg_catalog.pg_is_in_recovery() as in_recovery,
       pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())::text::int8 as next_xid,
       (select count(*) from pg_catalog.pg_stat_activity where backend_type = 'autovacuum worker') as workers_busy,
       current_setting('autovacuum_max_workers')::int8 as workers,
       current_setting('autovacuum')::bool as autovacuum_on,
       current_setting('track_counts')::bool as counting, clock_timestamp() as at
