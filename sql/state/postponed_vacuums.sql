-- Which vacuums of a server wait for a quiet hour, the next first?
-- since: 13
-- timeout: 15s
-- params: target text
-- units: none
select target, database_name, schema_name, table_name, asked_by, not_before
  from postponed_vacuums
 where target_key = :target
 order by not_before, schema_name, table_name
 limit 200;
