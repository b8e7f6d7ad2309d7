-- Which indexes are there, and what exactly does each order, hold, enforce and serve?
-- since: 16
-- timeout: 30s
-- params: table_oids int8[]
-- units: bytes by the catalog's page count (may lag behind growth); scans since the statistics began
-- attributes, classes, collations and orders are the catalog's own vectors: one entry a key, attributes with
-- the included columns behind them; 0 stands for an expression. expressions: those, in their order.
-- Of these tables, or of all when none are given; in no order, for sorting that many wide rows would spill.
-- is_unknown: the table is locked exclusively, so what its expressions and predicate say is not read.
-- class_options: `position options` of keys whose operator class has some.
with locked as materialized (
    -- Printing an expression and measuring a file wait for whoever holds or awaits this lock.
    select distinct relation from pg_catalog.pg_locks
     where mode = 'AccessExclusiveLock' and relation is not null
       and database = (select oid from pg_catalog.pg_database where datname = current_database())
), referenced as materialized (
    select distinct conindid from pg_catalog.pg_constraint where contype = 'f'
), backing as materialized (
    select conindid, conname, contype from pg_catalog.pg_constraint where contype in ('p', 'u', 'x')
), tuned as materialized (
    select attrelid,
           array_agg(attnum || ' ' || array_to_string(attoptions, ',') order by attnum) as options
      from pg_catalog.pg_attribute where attoptions is not null group by attrelid
)
select i.oid::int8 as index_oid, x.indrelid::int8 as table_oid, i.relname::text as index_name,
       case when i.relispartition
            then (select h.inhparent::int8 from pg_catalog.pg_inherits h where h.inhrelid = i.oid)
       end as parent_oid,
       am.amname::text as method, i.relkind = 'I' as is_partitioned,
       x.indisunique as is_unique, x.indnullsnotdistinct as nulls_not_distinct,
       x.indimmediate as is_immediate, x.indisexclusion as is_exclusion,
       x.indisvalid as is_valid, x.indisready and x.indislive as is_maintained,
       x.indisreplident as is_replica_identity, x.indisclustered as is_clustered,
       backing.conname::text as constraint_name, backing.contype::text as constraint_type,
       referenced.conindid is not null as serves_foreign_key,
       x.indnkeyatts::int4 as key_count, x.indkey::text as attributes, x.indclass::text as classes,
       x.indcollation::text as collations, x.indoption::text as orders,
       case when x.indexprs is not null and x.indrelid not in (select relation from locked)
            then array(select pg_catalog.pg_get_indexdef(i.oid, k + 1, false)
                         from generate_series(0, x.indnatts - 1) k where x.indkey[k] = 0 order by k)
       end as expressions,
       case when x.indpred is not null and x.indrelid not in (select relation from locked)
            then pg_catalog.pg_get_expr(x.indpred, x.indrelid) end as predicate,
       tuned.options as class_options,
       coalesce(array_to_string(i.reloptions, ','), '') as options,
       i.relpages::int8 * current_setting('block_size')::int8 as bytes,
       greatest(i.reltuples, 0)::float8 as entries,
       pg_catalog.pg_stat_get_numscans(i.oid) as scans,
       pg_catalog.pg_stat_get_lastscan(i.oid) as last_scan,
       (x.indexprs is not null or x.indpred is not null)
         and x.indrelid in (select relation from locked) as is_unknown
  from pg_catalog.pg_index x
  join pg_catalog.pg_class i on i.oid = x.indexrelid
  join pg_catalog.pg_am am on am.oid = i.relam
  left join backing on backing.conindid = i.oid
  left join referenced on referenced.conindid = i.oid
  left join tuned on tuned.attrelid = i.oid
 where (:table_oids::int8[] is null or x.indrelid = any (:table_oids))
   and x.indrelid >= 16384 and i.relpersistence <> 't'
   and i.relnamespace <> 'pg_toast'::regnamespace
