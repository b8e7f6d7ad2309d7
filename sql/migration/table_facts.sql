-- How large are the tables a migration names, and what do they prove?
-- since: 15
-- timeout: 15s
-- params: names text[]
-- units: bytes; rows
-- Of a table that is locked exclusively the sizes are the catalog's, and no CHECK proves anything.
with locked as materialized (
    -- Printing an expression and measuring a file wait for whoever holds or awaits this lock.
    select distinct relation from pg_catalog.pg_locks
     where mode = 'AccessExclusiveLock' and relation is not null
       and database = (select oid from pg_catalog.pg_database where datname = current_database())
)
select n.nspname as schema_name,
       c.relname as table_name,
       pg_catalog.pg_table_is_visible(c.oid) as is_visible,
       (select coalesce(sum(case when p.oid in (select relation from locked)
                                 then p.relpages::int8 * current_setting('block_size')::int8
                                 else pg_catalog.pg_relation_size(p.oid) end), 0)
          from pg_catalog.pg_class p where p.oid in (c.oid, c.reltoastrelid))::int8 as bytes,
       (select coalesce(sum(case when p.oid in (select relation from locked)
                                 then p.relpages::int8 * current_setting('block_size')::int8
                                 else pg_catalog.pg_relation_size(p.oid) end), 0)
          from pg_catalog.pg_class p
          join pg_catalog.pg_index x on x.indexrelid = p.oid
         where x.indrelid = c.oid)::int8 as index_bytes,
       -- What was never analyzed, or when it was empty, is counted by the statistics.
       case when c.reltuples > 0 then c.reltuples
            else pg_catalog.pg_stat_get_live_tuples(c.oid) end::int8 as row_count,
       (select coalesce(pg_catalog.array_agg(a.attname || ' ' ||
                        pg_catalog.format_type(a.atttypid, a.atttypmod)), '{}')
          from pg_catalog.pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
       (select coalesce(pg_catalog.array_agg(a.attname::text), '{}')
          from pg_catalog.pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
           and (a.attnotnull or exists (
                select from pg_catalog.pg_constraint k
                 where k.conrelid = c.oid and k.contype = 'c' and k.convalidated
                   and case when c.oid not in (select relation from locked)
                            then pg_catalog.pg_get_constraintdef(k.oid) end
                       = 'CHECK ((' || pg_catalog.quote_ident(a.attname) || ' IS NOT NULL))')))
           as never_null
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'p', 'm')
   and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
   and (c.relname = any (:names) or c.oid in (
        select x.indrelid from pg_catalog.pg_index x
          join pg_catalog.pg_class i on i.oid = x.indexrelid
         where i.relname = any (:names)))
