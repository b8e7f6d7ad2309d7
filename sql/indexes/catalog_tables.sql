-- Which tables are there, how large are they, how much are they read and written?
-- since: 16
-- timeout: 30s
-- params: schema_name text, table_name text
-- units: rows; bytes of the main file by the catalog's page count; reads and changes since the statistics began
-- Columns are named in the order of their numbers, dropped ones as ''. Partitioned tables hold no rows.
-- Of one table with its partitions, or of all when no name is given.
-- The counters are asked one by one: the view joins every index of every table for them.
with recursive tree as (
    select c.oid
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where n.nspname = :schema_name and c.relname = :table_name
     union all
    select h.inhrelid
      from tree t join pg_catalog.pg_inherits h on h.inhparent = t.oid
), locked as materialized (
    -- Printing an expression and measuring a file wait for whoever holds or awaits this lock.
    select distinct relation from pg_catalog.pg_locks
     where mode = 'AccessExclusiveLock' and relation is not null
       and database = (select oid from pg_catalog.pg_database where datname = current_database())
)
select c.oid::int8 as table_oid, n.nspname::text as schema_name, c.relname::text as table_name,
       c.relkind::text as kind,
       case when c.relispartition
            then (select h.inhparent::int8 from pg_catalog.pg_inherits h where h.inhrelid = c.oid)
       end as parent_oid,
       -- The catalog knows nothing of a table never analyzed; asking the disk for every table is slow.
       (case when c.reltuples > 0 then c.reltuples
             else pg_catalog.pg_stat_get_live_tuples(c.oid) end)::int8 as row_count,
       case when c.reltuples < 0 and c.oid not in (select relation from locked)
            then pg_catalog.pg_relation_size(c.oid)
            else c.relpages::int8 * current_setting('block_size')::int8 end as bytes,
       c.relreplident::text as replica_identity,
       pg_catalog.pg_has_role(c.relowner, 'USAGE') as may_change,
       pg_catalog.has_table_privilege(c.oid, 'SELECT') as may_read,
       array(select case when a.attisdropped then '' else a.attname::text end
               from pg_catalog.pg_attribute a
              where a.attrelid = c.oid and a.attnum > 0 order by a.attnum) as columns,
       pg_catalog.pg_stat_get_numscans(c.oid) as seq_scans,
       pg_catalog.pg_stat_get_tuples_returned(c.oid) as seq_rows,
       pg_catalog.pg_stat_get_lastscan(c.oid) as last_seq_scan,
       pg_catalog.pg_stat_get_tuples_inserted(c.oid) as inserts,
       pg_catalog.pg_stat_get_tuples_updated(c.oid) as updates,
       pg_catalog.pg_stat_get_tuples_hot_updated(c.oid) as hot_updates,
       pg_catalog.pg_stat_get_tuples_deleted(c.oid) as deletes
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'm', 'p') and c.relpersistence <> 't'
   and (:table_name::text is null or c.oid in (select oid from tree))
   and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\_toast%'
   and not exists (select from pg_catalog.pg_depend d
                    where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid
                      and d.deptype = 'e')
