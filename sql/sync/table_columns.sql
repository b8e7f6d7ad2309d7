-- Which columns has a table, and are they such that a text is their value?
-- since: 14
-- timeout: 10s
-- params: schema_name text, table_name text
-- units: plain: neither array, document nor composite
select a.attname::text as column_name,
       pg_catalog.format_type(a.atttypid, a.atttypmod) as type_name,
       t.typcategory not in ('A', 'C') and pg_catalog.format_type(coalesce(nullif(t.typbasetype, 0), t.oid), null)
           not in ('json', 'jsonb', 'bytea') as plain,
       a.attgenerated <> '' as generated,
       c.oid::int8 as table_oid
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_catalog.pg_type t on t.oid = a.atttypid
 where n.nspname = :schema_name and c.relname = :table_name
 order by a.attnum
