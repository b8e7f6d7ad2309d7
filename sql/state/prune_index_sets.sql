-- Removes sets of indexes that nobody searched again since a moment.
-- since: 13
-- timeout: 15s
-- params: cutoff timestamptz, limit int4
-- units: none
delete from index_sets
 where (target_key, database_name) in (
       select target_key, database_name from index_sets where at < :cutoff limit :limit);
