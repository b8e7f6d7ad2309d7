-- Which indexes of these names are there, and what are they?
-- since: 15
-- timeout: 30s
-- params: schema_names text[], index_names text[]
-- units: none
-- is_plain: a B-tree of columns over all rows that enforces nothing.
select n.nspname::text as schema_name, i.relname::text as index_name, x.indrelid::int8 as table_oid,
       x.indisvalid and x.indisready and x.indislive as is_usable,
       i.relkind = 'I' as is_partitioned, i.relispartition as is_attached,
       am.amname = 'btree' and not x.indisunique and x.indpred is null and x.indexprs is null
         and x.indnkeyatts = x.indnatts as is_plain,
       array(select a.attname::text
               from generate_series(0, x.indnkeyatts - 1) k
               join pg_catalog.pg_attribute a on a.attrelid = x.indrelid and a.attnum = x.indkey[k]
              order by k) as columns
  from unnest(:schema_names, :index_names) w(schema_name, index_name)
  join pg_catalog.pg_namespace n on n.nspname = w.schema_name
  join pg_catalog.pg_class i on i.relnamespace = n.oid and i.relname = w.index_name
  join pg_catalog.pg_index x on x.indexrelid = i.oid
  join pg_catalog.pg_am am on am.oid = i.relam
