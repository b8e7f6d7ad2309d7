-- How large is this index?
-- since: 16
-- timeout: 10s
-- params: schema_name text, index_name text
-- units: bytes
select coalesce(sum(pg_catalog.pg_relation_size(i.oid)), 0)::int8 as bytes
  from pg_catalog.pg_class i
  join pg_catalog.pg_namespace n on n.oid = i.relnamespace
 where n.nspname = :schema_name and i.relname = :index_name and i.relkind = 'i'
