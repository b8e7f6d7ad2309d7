-- Is there an index of this name on the table, is it usable, and how is it defined?
-- since: 17
-- timeout: 5s
-- params: schema text, table text, index text
-- units: counts, 0 or 1
select count(*) as found,
       count(*) filter (where i.indisvalid and i.indisready) as valid,
       max(pg_catalog.pg_get_indexdef(i.indexrelid)) as definition
  from pg_catalog.pg_index i
  join pg_catalog.pg_class c on c.oid = i.indexrelid
  join pg_catalog.pg_class t on t.oid = i.indrelid
  join pg_catalog.pg_namespace n on n.oid = t.relnamespace
 where n.nspname = :schema
   and t.relname = :table
   and c.relname = :index;
