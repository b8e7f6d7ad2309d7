-- Since when has each index of a database been seen without a scan?
-- since: 13
-- timeout: 15s
-- params: target text, database text
-- units: none
select index_oid, first_seen from idle_indexes
 where target_key = :target and database_name = :database;
