-- Gives the twin's tables and indexes the numbers of rows and pages that the watched database counted.
-- since: 17
-- timeout: 60s
-- params: rows text
-- units: pages of 8 kB
update pg_catalog.pg_class c
   set reltuples = v.tuples::float4, relpages = v.pages::int4, relallvisible = v.all_visible::int4
  from pg_catalog.jsonb_to_recordset(:rows::jsonb) as v(
         schema_name text, relation_name text, tuples float8, pages int8, all_visible int8)
  join pg_catalog.pg_namespace n on n.nspname = v.schema_name
 where c.relnamespace = n.oid and c.relname = v.relation_name and c.relkind in ('r', 'm', 'p', 'i', 'I')
