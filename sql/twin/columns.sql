-- Which numbers do the columns of a table of the twin have?
-- since: 17
-- timeout: 5s
-- params: schema text, name text
-- units: none
select a.attname::text as column_name, a.attnum::int4 as number
  from pg_catalog.pg_attribute a
  join pg_catalog.pg_class c on c.oid = a.attrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where n.nspname = :schema and c.relname = :name and a.attnum > 0 and not a.attisdropped
