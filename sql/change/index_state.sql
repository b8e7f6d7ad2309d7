-- Is there an index of this name in the schema of the table, and is it usable?
-- since: 17
-- timeout: 5s
-- params: schema text, table text, index text
-- units: none
select i.indisvalid and i.indisready as valid
  from pg_catalog.pg_index i
  join pg_catalog.pg_class c on c.oid = i.indexrelid
  join pg_catalog.pg_class t on t.oid = i.indrelid
  join pg_catalog.pg_namespace n on n.oid = t.relnamespace
 where n.nspname = :schema
   and t.relname = :table
   and c.relname = :index;
