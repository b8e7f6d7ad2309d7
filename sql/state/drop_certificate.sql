-- What was certified last of an index?
-- since: 13
-- timeout: 15s
-- params: target text, database text, schema text, index text
-- units: none
select body as certificate, basis, voided
  from drop_certificates
 where target_key = :target and database_name = :database and schema_name = :schema and index_name = :index;
