-- How far behind is each standby, and in which stage?
-- since: 14
-- timeout: 10s
-- params: none
-- units: seconds; bytes
select application_name, state, sync_state,
       extract(epoch from write_lag)::float8 as write_lag_seconds,
       extract(epoch from flush_lag)::float8 as flush_lag_seconds,
       extract(epoch from replay_lag)::float8 as replay_lag_seconds,
       pg_wal_lsn_diff(sent_lsn, replay_lsn)::int8 as unreplayed_bytes
  from pg_catalog.pg_stat_replication
