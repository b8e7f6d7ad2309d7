-- Lists tables that may hold enough cold rows, with the time columns that could tell.
-- since: 13
-- timeout: 30s
-- params: none
-- units: total_bytes bytes
select n.nspname as schema_name,
       c.relname as table_name,
       c.relkind = 'p' as is_partitioned,
       case when c.relkind = 'p'
            then (select coalesce(sum(greatest(l.reltuples, 0)), 0)
                    from pg_partition_tree(c.oid) as x join pg_class as l on l.oid = x.relid and x.isleaf)
            else greatest(c.reltuples, 0) end::bigint as estimated_rows,
       case when c.relkind = 'p'
            then (select coalesce(sum(pg_total_relation_size(x.relid)), 0)
                    from pg_partition_tree(c.oid) as x where x.isleaf)
            else pg_total_relation_size(c.oid) end::bigint as total_bytes,
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
