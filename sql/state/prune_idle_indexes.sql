-- Removes notes on idle indexes of databases nobody has looked at since a moment.
-- since: 13
-- timeout: 15s
-- params: cutoff timestamptz, limit int4
-- units: none
delete from idle_indexes
 where (target_key, database_name, index_oid)
       in (select target_key, database_name, index_oid from idle_indexes where seen_at < :cutoff
            limit :limit);
