-- A certificate holds no longer.
-- since: 13
-- timeout: 15s
-- params: target text, database text, schema text, index text, basis text, why text
-- units: none
update drop_certificates set voided = :why
 where target_key = :target and database_name = :database and schema_name = :schema and index_name = :index
   and basis = :basis and voided is null;
