-- Lists tables that may hold enough cold rows, with the time columns that could tell.
-- since: 13
-- timeout: 30s
-- params: none
-- units: total_bytes bytes, by the catalog where a lock is held or awaited
with recursive locked as materialized (
    -- Measuring a file waits for whoever holds or awaits this lock.
    select distinct relation from pg_catalog.pg_locks
     where mode = 'AccessExclusiveLock' and relation is not null
       and database = (select oid from pg_catalog.pg_database where datname = current_database())
), tree as (
    select oid as top, oid, relkind from pg_catalog.pg_class
     where relkind in ('r', 'p') and not relispartition and relpersistence <> 't'
     union all
    select t.top, c.oid, c.relkind
      from tree t
      join pg_catalog.pg_inherits h on h.inhparent = t.oid
      join pg_catalog.pg_class c on c.oid = h.inhrelid and c.relispartition
)
select n.nspname as schema_name,
       c.relname as table_name,
       c.relkind = 'p' as is_partitioned,
       (select coalesce(sum(greatest(l.reltuples, 0)), 0)
          from tree as x join pg_class as l on l.oid = x.oid
         where x.top = c.oid and x.relkind = 'r')::bigint as estimated_rows,
       (select coalesce(sum(case when p.oid in (select relation from locked)
                                 then p.relpages::bigint * current_setting('block_size')::bigint
                                 else pg_relation_size(p.oid) end), 0)
          from tree as x
          join pg_class as l on l.oid = x.oid
          join pg_class as p
            on p.oid in (l.oid, l.reltoastrelid)
            or p.oid in (select i.indexrelid from pg_index as i where i.indrelid in (l.oid, l.reltoastrelid))
         where x.top = c.oid and x.relkind = 'r')::bigint as total_bytes,
       a.attname as time_column,
       a.attnotnull as is_not_null,
       s.correlation,
       s.null_frac,
       (s.histogram_bounds::text::text[])[1] as oldest,
       exists (select 1 from pg_index as i where i.indrelid = c.oid and i.indisvalid
                  and i.indkey[0] = a.attnum) as is_indexed,
       coalesce(pg_get_partkeydef(c.oid) = format('RANGE (%I)', a.attname), false) as is_partition_key,
       exists (select 1 from pg_index as i where i.indrelid = c.oid and i.indisprimary) as has_primary_key
  from pg_class as c
  join pg_namespace as n on n.oid = c.relnamespace
  join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
   and a.atttypid in ('timestamptz'::regtype, 'timestamp'::regtype, 'date'::regtype)
  left join pg_stats as s on s.schemaname = n.nspname and s.tablename = c.relname and s.attname = a.attname
 where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence <> 't'
   and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\_%'
   and has_table_privilege(c.oid, 'select')
 order by n.nspname, c.relname, a.attnum
