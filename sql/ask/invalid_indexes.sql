-- Which indexes are not valid?
-- since: 16
-- timeout: 5s
-- params: none
-- units: bytes
select n.nspname::text as schema, c.relname::text as name, t.relname::text as on_table,
       pg_catalog.pg_relation_size(c.oid) as index_bytes, i.indisready as still_written
  from pg_catalog.pg_index i
  join pg_catalog.pg_class c on c.oid = i.indexrelid
  join pg_catalog.pg_class t on t.oid = i.indrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where not i.indisvalid and c.relkind = 'i' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
 order by index_bytes desc
