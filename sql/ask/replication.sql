-- Which standbys and subscribers follow, and how far behind are they?
-- since: 16
-- timeout: 5s
-- params: none
-- units: bytes, seconds
select application_name as name, coalesce(host(client_addr), 'local') as client, state, sync_state,
       pg_catalog.pg_wal_lsn_diff(case when pg_catalog.pg_is_in_recovery() then pg_catalog.pg_last_wal_replay_lsn() else pg_catalog.pg_current_wal_lsn() end, replay_lsn)::int8 as behind_bytes,
       coalesce(extract(epoch from replay_lag), 0)::float8 as replay_lag_seconds, usename::text as role
  from pg_catalog.pg_stat_replication order by behind_bytes desc nulls last
