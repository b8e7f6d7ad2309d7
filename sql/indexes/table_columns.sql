-- Is this still the same table with the same columns?
-- since: 16
-- timeout: 10s
-- params: schema_name text, table_name text
-- units: none
select c.oid::int8 as table_oid,
       (select string_agg(a.attname || ' ' || pg_catalog.format_type(a.atttypid, a.atttypmod), ', '
                          order by a.attnum)
          from pg_catalog.pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where n.nspname = :schema_name and c.relname = :table_name
