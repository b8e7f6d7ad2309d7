-- What must be known of an index before it is dropped, and to build it again?
-- since: 17
-- timeout: 10s
-- params: schema_name text, index_name text
-- units: bytes
-- A partitioned index lists its parts, so that they can be built again under their own names.
select i.oid::int8 as index_oid, tn.nspname::text as table_schema, t.relname::text as table_name,
       pg_catalog.pg_get_indexdef(i.oid) as definition,
       i.relkind = 'I' as is_partitioned, i.relispartition as is_attached,
       case when i.relkind = 'I'
            then (select coalesce(sum(pg_catalog.pg_relation_size(p.relid)), 0)
                    from pg_catalog.pg_partition_tree(i.oid) p where p.isleaf)
            else pg_catalog.pg_relation_size(i.oid) end::int8 as index_bytes,
       pg_catalog.pg_has_role(t.relowner, 'USAGE') as may_change,
       case when d.description is not null
            then format('COMMENT ON INDEX %I.%I IS %L', n.nspname, i.relname, d.description)
       end as comment_statement,
       ts.spcname::text as tablespace_name,
       x.indisclustered as is_clustered
  from pg_catalog.pg_class i
  join pg_catalog.pg_namespace n on n.oid = i.relnamespace
  join pg_catalog.pg_index x on x.indexrelid = i.oid
  join pg_catalog.pg_class t on t.oid = x.indrelid
  join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace
  left join pg_catalog.pg_description d
         on d.objoid = i.oid and d.classoid = 'pg_catalog.pg_class'::regclass and d.objsubid = 0
  left join pg_catalog.pg_tablespace ts on ts.oid = i.reltablespace
 where n.nspname = :schema_name and i.relname = :index_name
