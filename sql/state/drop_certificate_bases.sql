-- What are the certificates that still hold for a database judged from?
-- since: 13
-- timeout: 15s
-- params: target text, database text
-- units: none
select schema_name, index_name, basis
  from drop_certificates
 where target_key = :target and database_name = :database and voided is null
 limit 1000;
