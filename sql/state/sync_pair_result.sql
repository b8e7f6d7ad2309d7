-- Remembers what the last check of a pair found.
-- since: 13
-- timeout: 15s
-- params: target text, database_name text, schema_name text, table_name text, result text, checked_at timestamptz
-- units: none
update sync_pairs
   set result = :result, checked_at = :checked_at
 where target_key = :target and database_name = :database_name and schema_name = :schema_name
   and table_name = :table_name and (checked_at is null or checked_at <= :checked_at);
