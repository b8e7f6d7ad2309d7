-- What are all counters and gauges of this server at one moment? One statement, so that they fit together.
-- since: 17
-- timeout: 10s
-- params: own_pids int4[]
-- units: *_ms milliseconds, *_bytes bytes, *_seconds seconds, ages in transactions or multixacts
with db as (
    select sum(xact_commit) as commits, sum(xact_rollback) as rollbacks,
           sum(blks_hit) as blocks_hit, sum(blks_read) as blocks_read,
           sum(temp_bytes) as temp_bytes, sum(deadlocks) as deadlocks,
           max(stats_reset) as database_stats_reset
    from pg_catalog.pg_stat_database
), act as (
    select count(*) as client_sessions, count(*) filter (where ours) as own_sessions,
           count(*) filter (where not ours and state = 'active') as active,
           count(*) filter (where not ours and state = 'idle') as idle,
           count(*) filter (where not ours and state like 'idle in transaction%') as idle_in_transaction,
           count(*) filter (where not ours and state = 'active' and wait_event is not null
                                  and wait_event_type not in ('Activity', 'Client')) as active_waiting,
           max(extract(epoch from clock_timestamp() - query_start))
               filter (where not ours and not maintains and state = 'active') as slowest_query_seconds,
           (array_agg(pid order by query_start)
               filter (where not ours and not maintains and state = 'active'))[1] as slowest_pid,
           count(*) filter (where state is null) as hidden_sessions
    from (select *, pid = any (:own_pids) as ours,
                 -- Maintenance takes the time it takes; what it blocks is seen as a lock.
                 pid in (select pid from pg_catalog.pg_stat_progress_vacuum
                         union all select pid from pg_catalog.pg_stat_progress_analyze
                         union all select pid from pg_catalog.pg_stat_progress_create_index
                         union all select pid from pg_catalog.pg_stat_progress_cluster
                         union all select pid from pg_catalog.pg_stat_progress_copy) as maintains
          from pg_catalog.pg_stat_activity where backend_type = 'client backend') a
), lck as (
    select count(*) as waiting_locks,
           coalesce(max(extract(epoch from clock_timestamp() - waitstart)), 0) as lock_wait_seconds,
           (array_agg(pid order by waitstart))[1] as longest_waiting_pid
    from pg_catalog.pg_locks where not granted and pid <> all (:own_pids)
), xid as (
    select max(age(datfrozenxid)) as txid_age, max(mxid_age(datminmxid)) as multixact_age,
           (array_agg(datname order by age(datfrozenxid) desc))[1] as oldest_database
    from pg_catalog.pg_database
), io as (
    -- Since 18 the log is in it too, with the times that pg_stat_wal had before.
    select sum(hits) as io_hits, sum(reads) as io_reads, sum(read_time) as io_read_ms,
           sum(write_time) as io_write_ms, max(stats_reset) as io_stats_reset
    from pg_catalog.pg_stat_io where object <> 'wal'
), wal_io as (
    select sum(write_time) as write_ms from pg_catalog.pg_stat_io where object = 'wal'
), rep as (
    select count(*) as standbys, max(extract(epoch from replay_lag)) as replay_lag_seconds,
           string_agg(distinct coalesce(nullif(application_name, ''), 'standby')
                               || coalesce(' at ' || host(client_addr), ''), E'\n') as standby_names
    from pg_catalog.pg_stat_replication
), receipt as (
    -- What was received is replayed: that says nothing while nothing is received. A receiver whose state
    -- is hidden from us is taken for a working one; between keepalives a quiet primary may be silent for
    -- half of wal_receiver_timeout.
    select pg_is_in_recovery() and count(r.pid) filter (
               where coalesce(r.status, 'streaming') = 'streaming'
                 and (r.last_msg_receipt_time is null
                      or t.timeout = 0
                      or extract(epoch from clock_timestamp() - r.last_msg_receipt_time) * 1000 < 0.75 * t.timeout)) = 0
           and coalesce((select setting <> '' from pg_catalog.pg_settings where name = 'primary_conninfo'),
                        pg_last_wal_receive_lsn() is not null) as cut_off,
           coalesce(max(r.last_msg_receipt_time), pg_last_xact_replay_timestamp(),
                    pg_postmaster_start_time()) as last_contact
    from (select setting::float8 as timeout from pg_catalog.pg_settings where name = 'wal_receiver_timeout') t
    left join pg_catalog.pg_stat_wal_receiver r on true
), slot as (
    select count(*) as slots,
           max(pg_wal_lsn_diff(case when pg_is_in_recovery() then pg_last_wal_replay_lsn()
                                    else pg_current_wal_lsn() end, restart_lsn)) as slot_retained_bytes,
           (array_agg(slot_name::text order by restart_lsn))[1] as furthest_slot,
           string_agg(slot_name || case
               when wal_status = 'lost' then ' is lost (' || coalesce(invalidation_reason, 'its WAL is gone') || ')'
               when restart_lsn is null then ' was never used'
               else ' has had no reader' || coalesce(' since ' || to_char(inactive_since at time zone 'UTC', 'YYYY-MM-DD HH24:MI UTC'), '') end,
               ', ' order by slot_name)
               filter (where wal_status = 'lost' or restart_lsn is null or not active) as slot_trouble
    from pg_catalog.pg_replication_slots
), hor as (
    select max(age(x)) as oldest_xmin_age
    from (select backend_xmin from pg_catalog.pg_stat_activity where pid <> all (:own_pids)
          union all select backend_xid from pg_catalog.pg_stat_activity where pid <> all (:own_pids)
          union all select xmin from pg_catalog.pg_replication_slots
          union all select catalog_xmin from pg_catalog.pg_replication_slots
          union all select transaction from pg_catalog.pg_prepared_xacts) h(x)
)
select clock_timestamp() as at, pg_postmaster_start_time() as postmaster_start,
       pg_is_in_recovery() as in_recovery,
       current_setting('max_connections')::int as max_connections,
       current_setting('track_io_timing')::bool as io_timing,
       current_setting('track_wal_io_timing')::bool as wal_io_timing,
       db.*, act.*, lck.*, xid.*, io.*, rep.*, slot.*, hor.*,
       wal.wal_bytes, wal.wal_buffers_full, coalesce((to_jsonb(wal) ->> 'wal_write_time')::float8, wal_io.write_ms) as wal_write_ms,
       wal.stats_reset as wal_stats_reset,
       ckp.num_timed as checkpoints_timed, ckp.num_requested as checkpoints_requested,
       ckp.write_time as checkpoint_write_ms, ckp.stats_reset as checkpointer_stats_reset,
       greatest(
           case when pg_is_in_recovery() and pg_last_wal_receive_lsn() is distinct from pg_last_wal_replay_lsn()
                then extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()) end,
           case when receipt.cut_off
                then extract(epoch from clock_timestamp() - receipt.last_contact) end) as own_lag_seconds,
       case when receipt.cut_off
            then to_char(receipt.last_contact at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"') end as cut_off_since
from receipt, db, act, lck, xid, io, wal_io, rep, slot, hor,
     pg_catalog.pg_stat_wal wal, pg_catalog.pg_stat_checkpointer ckp
