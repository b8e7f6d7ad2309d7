-- How many usable indexes of this name are there?
-- since: 15
-- timeout: 10s
-- params: schema_name text, index_name text
-- units: count, 0 or 1 each; usable = valid and ready
select count(*)::int8 as present,
       count(*) filter (where x.indisvalid and x.indisready and x.indislive)::int8 as usable
  from pg_catalog.pg_class i
  join pg_catalog.pg_namespace n on n.oid = i.relnamespace
  join pg_catalog.pg_index x on x.indexrelid = i.oid
 where n.nspname = :schema_name and i.relname = :index_name
