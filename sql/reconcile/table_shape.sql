-- What are the columns of a table, their types and their places in the primary key?
-- since: 14
-- timeout: 10s
-- params: schema_name text, table_name text
-- units: rows; pages; kind as in pg_class.relkind; place from 1, null outside the key
with locked as materialized (
    -- Measuring a file waits for whoever holds or awaits this lock.
    select distinct relation from pg_catalog.pg_locks
     where mode = 'AccessExclusiveLock' and relation is not null
       and database = (select oid from pg_catalog.pg_database where datname = current_database())
), the_table as (
    select c.oid, c.relkind, c.relispartition, c.reltuples, c.relpages, c.relreplident
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where n.nspname = :schema_name and c.relname = :table_name and c.relkind in ('r', 'p')
), the_key as (
    select i.indrelid, k.attnum, k.place
      from the_table t
      join pg_catalog.pg_index i on i.indrelid = t.oid and i.indisprimary
      cross join pg_catalog.unnest(i.indkey::int2[]) with ordinality as k (attnum, place)
), recursive_types as (
    select a.attnum, a.attname, a.attnotnull, a.attgenerated, a.atttypid,
           coalesce(nullif(d.typbasetype, 0), a.atttypid) as base_oid,
           case when d.typtype = 'd' then d.typtypmod else a.atttypmod end as typmod
      from the_table t
      join pg_catalog.pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
      join pg_catalog.pg_type d on d.oid = a.atttypid
)
select r.attname::text as column_name,
       pg_catalog.format_type(r.atttypid, null) as type_name,
       b.typname::text as base_name,
       b.typtype::text as type_kind,
       b.typcategory::text as category,
       bn.nspname::text as type_schema,
       e.typname::text as element_name,
       e.typtype::text as element_kind,
       en.nspname::text as element_schema,
       r.attnotnull as required,
       r.attgenerated <> '' as generated,
       k.place::int4 as key_place,
       s.correlation::float8 as correlation,
       t.oid::int8 as table_oid,
       t.relkind::text as kind,
       t.relreplident::text as replica_identity,
       t.reltuples::float8 as estimated_rows,
       pg_catalog.has_table_privilege(t.oid, 'select') as may_read,
       case when t.oid in (select relation from locked) then t.relpages::int8
            else pg_catalog.pg_relation_size(t.oid) / pg_catalog.current_setting('block_size')::int8 end as pages
  from recursive_types r
  cross join the_table t
  join pg_catalog.pg_type b on b.oid = r.base_oid
  join pg_catalog.pg_namespace bn on bn.oid = b.typnamespace
  left join pg_catalog.pg_type e on e.oid = b.typelem and b.typcategory = 'A'
  left join pg_catalog.pg_namespace en on en.oid = e.typnamespace
  left join the_key k on k.attnum = r.attnum
  left join pg_catalog.pg_stats s
         on s.schemaname = :schema_name and s.tablename = :table_name and s.attname = r.attname and not s.inherited
 order by r.attnum
