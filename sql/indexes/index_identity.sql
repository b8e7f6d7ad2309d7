-- Is this index still the very same, usable, and free to be dropped?
-- since: 15
-- timeout: 10s
-- params: schema_name text, index_name text
-- units: none
select pg_catalog.pg_get_indexdef(i.oid) as definition,
       x.indisvalid and x.indisready and x.indislive as is_usable,
       exists (select from pg_catalog.pg_constraint c where c.conindid = i.oid) as backs_constraint,
       x.indisreplident as is_replica_identity
  from pg_catalog.pg_class i
  join pg_catalog.pg_namespace n on n.oid = i.relnamespace
  join pg_catalog.pg_index x on x.indexrelid = i.oid
 where n.nspname = :schema_name and i.relname = :index_name
