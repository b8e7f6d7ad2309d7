-- Which replication slots are lost, or were never used?
-- since: 17
-- timeout: 10s
-- params: none
-- units: none
-- Neither holds a position any more or yet, so neither shows among the WAL kept back.
select slot_name::text as slot_name, slot_type::text as slot_type, coalesce(wal_status = 'lost', false) as is_lost,
       invalidation_reason::text as reason, inactive_since
  from pg_catalog.pg_replication_slots
 where wal_status = 'lost' or restart_lsn is null
 order by slot_name
