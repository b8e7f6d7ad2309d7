-- Takes the vacuums whose hour has come off the list.
-- since: 13
-- timeout: 15s
-- params: now timestamptz
-- units: none
delete from postponed_vacuums
 where not_before <= :now
returning target, database_name, schema_name, table_name, asked_by, not_before;
