-- How large are the tables a migration names, and what do they prove?
-- since: 15
-- timeout: 15s
-- params: names text[]
-- units: bytes; rows
-- Measuring a table waits for its lock: of one locked exclusively, or about to be, the catalog's pages count.
with locked as materialized (
    select relation from pg_catalog.pg_locks
     where mode = 'AccessExclusiveLock' and relation is not null
       and database = (select oid from pg_catalog.pg_database where datname = current_database())
)
select n.nspname as schema_name,
       c.relname as table_name,
       pg_catalog.pg_table_is_visible(c.oid) as is_visible,
       case when files.is_locked then files.table_bytes
            else pg_catalog.pg_table_size(c.oid) end as bytes,
       case when files.is_locked then files.index_bytes
            else pg_catalog.pg_indexes_size(c.oid) end as index_bytes,
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
                   and pg_catalog.pg_get_constraintdef(k.oid)
                       = 'CHECK ((' || pg_catalog.quote_ident(a.attname) || ' IS NOT NULL))')))
           as never_null
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join lateral (
       select bool_or(f.oid in (select relation from locked)) as is_locked,
              coalesce(sum(f.relpages) filter (where not part.is_index), 0)::int8
                  * current_setting('block_size')::int8 as table_bytes,
              coalesce(sum(f.relpages) filter (where part.is_index), 0)::int8
                  * current_setting('block_size')::int8 as index_bytes
         from pg_catalog.pg_class f
         join (select c.oid as oid, false as is_index union all select c.reltoastrelid, false
               union all select x.indexrelid, x.indrelid = c.oid from pg_catalog.pg_index x
                          where x.indrelid in (c.oid, c.reltoastrelid)) part on part.oid = f.oid) files on true
 where c.relkind in ('r', 'p', 'm')
   and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
   and (c.relname = any (:names) or c.oid in (
        select x.indrelid from pg_catalog.pg_index x
          join pg_catalog.pg_class i on i.oid = x.indexrelid
         where i.relname = any (:names)))
