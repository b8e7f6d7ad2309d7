-- Notes that the vacuum of a table waits for a quiet hour; one that waits already keeps its place.
-- since: 13
-- timeout: 15s
-- params: target text, target_json text, database text, schema text, table text, by text, not_before timestamptz
-- units: none
insert into postponed_vacuums (target_key, target, database_name, schema_name, table_name, asked_by, not_before)
values (:target, :target_json, :database, :schema, :table, :by, :not_before)
on conflict (target_key, database_name, schema_name, table_name) do nothing;
