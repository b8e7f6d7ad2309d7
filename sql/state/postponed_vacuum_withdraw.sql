-- Takes one vacuum off the list of those that wait for a quiet hour.
-- since: 13
-- timeout: 15s
-- params: target text, database text, schema text, table text
-- units: none
delete from postponed_vacuums
 where target_key = :target and database_name = :database and schema_name = :schema and table_name = :table;
