-- How large are tables and indexes, as the planner sees them?
-- since: 17
-- timeout: 20s
-- params: tables text[]
-- units: pages and blocks of 8 kB; tuples = -1 where it was never vacuumed
-- Without a list all tables; names of the list as `schema.name`. The files are longer than the last VACUUM saw;
-- of what is locked the pages it saw stand for them.
with locked as materialized (
    -- Measuring a file waits for whoever holds or awaits this lock.
    select distinct relation from pg_catalog.pg_locks
     where mode = 'AccessExclusiveLock' and relation is not null
       and database = (select oid from pg_catalog.pg_database where datname = current_database())
)
select n.nspname::text as schema_name, c.relname::text as relation_name, c.relkind::text as kind,
       t.relname::text as table_name, c.reltuples::float8 as tuples, c.relpages::int8 as pages,
       c.relallvisible::int8 as all_visible,
       case when c.oid in (select relation from locked) then c.relpages::int8
            else coalesce(pg_catalog.pg_relation_size(c.oid) / pg_catalog.current_setting('block_size')::int8, 0)
       end as blocks
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_index i on i.indexrelid = c.oid
  join pg_catalog.pg_class t on t.oid = coalesce(i.indrelid, c.oid)
 where c.relkind in ('r', 'm', 'p', 'i', 'I') and c.relpersistence <> 't'
   and n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
   and (:tables::text[] is null or n.nspname || '.' || t.relname = any (:tables::text[]))
