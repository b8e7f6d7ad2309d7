-- Which replication slots are there, and what do they hold back?
-- since: 16
-- timeout: 5s
-- params: none
-- units: bytes
select slot_name::text as name, slot_type as type, database::text as database, active, wal_status,
       pg_catalog.pg_wal_lsn_diff(case when pg_catalog.pg_is_in_recovery() then pg_catalog.pg_last_wal_replay_lsn() else pg_catalog.pg_current_wal_lsn() end, restart_lsn)::int8 as held_bytes,
       greatest(pg_catalog.age(xmin), pg_catalog.age(catalog_xmin))::int8 as xmin_age,
       (count(*) filter (where not active) over ()) as x_inactive
  from pg_catalog.pg_replication_slots order by held_bytes desc nulls last
