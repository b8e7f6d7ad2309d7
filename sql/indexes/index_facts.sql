-- What must be known of these indexes before one is dropped, and to build it again?
-- since: 15
-- timeout: 30s
-- params: index_oids int8[]
-- units: bytes from the catalog's page count
-- Asks the catalog only: sizes from the disk would wait for whoever locks one of the tables. So would
-- printing the definition: indexes of a table that is locked exclusively are left out.
with recursive locked as materialized (
    -- Printing an expression and measuring a file wait for whoever holds or awaits this lock.
    select distinct relation from pg_catalog.pg_locks
     where mode = 'AccessExclusiveLock' and relation is not null
       and database = (select oid from pg_catalog.pg_database where datname = current_database())
), wanted as (
    select i.oid, i.relname, i.relnamespace, i.relkind, i.reltablespace, i.relpages
      from unnest(:index_oids) w(oid)
      join pg_catalog.pg_class i on i.oid = w.oid::oid
), part as (
    select h.inhparent as root, h.inhrelid as oid
      from pg_catalog.pg_inherits h join wanted w on w.oid = h.inhparent
     union all
    select p.root, h.inhrelid
      from part p join pg_catalog.pg_inherits h on h.inhparent = p.oid
), size as (
    select p.root, sum(c.relpages) as pages
      from part p join pg_catalog.pg_class c on c.oid = p.oid group by p.root
), bound as materialized (
    select distinct conindid from pg_catalog.pg_constraint where conindid <> 0
)
select w.oid::int8 as index_oid, n.nspname::text as index_schema, w.relname::text as index_name,
       tn.nspname::text as table_schema, t.relname::text as table_name,
       pg_catalog.pg_get_indexdef(w.oid) as definition,
       w.relkind = 'I' as is_partitioned,
       x.indisvalid and x.indisready and x.indislive as is_usable,
       bound.conindid is not null as backs_constraint,
       x.indisreplident as is_replica_identity,
       (w.relpages + coalesce(size.pages, 0))::int8
         * current_setting('block_size')::int8 as index_bytes,
       pg_catalog.pg_has_role(t.relowner, 'USAGE') as may_change,
       case when d.description is not null
            then format('COMMENT ON INDEX %I.%I IS %L', n.nspname, w.relname, d.description)
       end as comment_statement,
       ts.spcname::text as tablespace_name,
       x.indisclustered as is_clustered
  from wanted w
  join pg_catalog.pg_namespace n on n.oid = w.relnamespace
  join pg_catalog.pg_index x on x.indexrelid = w.oid
  join pg_catalog.pg_class t on t.oid = x.indrelid
  join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace
  left join locked on locked.relation = x.indrelid
  left join bound on bound.conindid = w.oid
  left join size on size.root = w.oid
  left join pg_catalog.pg_description d
         on d.objoid = w.oid and d.classoid = 'pg_catalog.pg_class'::regclass and d.objsubid = 0
  left join pg_catalog.pg_tablespace ts on ts.oid = w.reltablespace
 where locked.relation is null
