-- Is this index still the same, still unusable, and is nobody building it?
-- since: 16
-- timeout: 10s
-- params: schema_name text, index_name text
-- units: none
select i.oid::int8 as index_oid, pg_catalog.pg_get_indexdef(i.oid) as definition,
       x.indisvalid and x.indisready and x.indislive as is_usable,
       exists (select from pg_catalog.pg_locks l
                where l.locktype = 'relation' and l.relation = x.indrelid and l.granted
                  and l.mode = 'ShareUpdateExclusiveLock'
                  and l.database = (select oid from pg_catalog.pg_database
                                     where datname = current_database())) as maybe_being_built
  from pg_catalog.pg_class i
  join pg_catalog.pg_namespace n on n.oid = i.relnamespace
  join pg_catalog.pg_index x on x.indexrelid = i.oid
 where n.nspname = :schema_name and i.relname = :index_name
