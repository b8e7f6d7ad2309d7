-- On which tables is an index being built or maintenance running right now?
-- since: 16
-- timeout: 10s
-- params: none
-- units: none
select distinct l.relation::int8 as table_oid
  from pg_catalog.pg_locks l
 where l.locktype = 'relation' and l.granted and l.mode = 'ShareUpdateExclusiveLock'
   and l.database = (select oid from pg_catalog.pg_database where datname = current_database())
   and l.pid <> pg_catalog.pg_backend_pid()
