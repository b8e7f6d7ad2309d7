-- Which views are there?
-- since: 16
-- timeout: 5s
-- params: none
-- units: bytes
-- Measuring a table waits for its lock: of one locked exclusively,
-- or with such an index, the catalog's pages count.
with held as materialized (
    select relation from pg_catalog.pg_locks
     where mode = 'AccessExclusiveLock' and relation is not null
       and database = (select oid from pg_catalog.pg_database where datname = current_database())
), locked as materialized (
    select relation from held
    union
    select x.indrelid from held join pg_catalog.pg_index x on x.indexrelid = held.relation
)
select n.nspname::text as schema, c.relname::text as name, c.relkind = 'm' as materialized,
       pg_catalog.pg_get_userbyid(c.relowner)::text as owner, case when c.oid in (select relation from locked)
            then (select k.relpages::int8 * current_setting('block_size')::int8 from pg_catalog.pg_class k where k.oid = c.oid)
            else pg_catalog.pg_total_relation_size(c.oid) end as total_bytes
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('v', 'm') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_catalog.pg_depend d where d.objid = c.oid and d.deptype = 'e')
 order by 1, 2 limit 100
