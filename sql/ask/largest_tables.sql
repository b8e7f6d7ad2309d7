-- Which tables are the largest, with their indexes?
-- since: 16
-- timeout: 5s
-- params: limit int8
-- units: bytes
select n.nspname::text as schema, c.relname::text as name,
       pg_catalog.pg_total_relation_size(c.oid) as total_bytes,
       pg_catalog.pg_table_size(c.oid) as table_bytes, pg_catalog.pg_indexes_size(c.oid) as index_bytes,
       pg_catalog.pg_total_relation_size(c.oid)::float8
           / nullif(pg_catalog.pg_database_size(current_database()), 0) as database_share,
       greatest(c.reltuples, 0)::int8 as estimated_rows,
       n.nspname || '.' || c.relname as x_object
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'm') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
 order by total_bytes desc limit :limit
