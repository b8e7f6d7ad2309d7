-- Forgets the indexes of a database that show use now, or are gone.
-- since: 13
-- timeout: 15s
-- params: target text, database text, idle text[]
-- units: none
delete from idle_indexes
 where target_key = :target and database_name = :database
   and index_oid <> all (:idle::text[]::bigint[]);
