-- Removes certificates of indexes that were made before a moment.
-- since: 13
-- timeout: 15s
-- params: cutoff timestamptz, limit int4
-- units: none
delete from drop_certificates
 where (target_key, database_name, schema_name, index_name) in (
       select target_key, database_name, schema_name, index_name
         from drop_certificates where at < :cutoff limit :limit);
