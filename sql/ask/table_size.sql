-- How large is this table, with all its parts?
-- since: 16
-- timeout: 5s
-- params: schema_name text, table_name text
-- units: bytes
with recursive tree as (
    select c.oid from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where n.nspname = :schema_name and c.relname = :table_name
    union all
    select h.inhrelid from tree p join pg_catalog.pg_inherits h on h.inhparent = p.oid
), part as (
    select c.oid, c.reltoastrelid, c.reltuples, pg_catalog.pg_total_relation_size(c.oid) as total,
           pg_catalog.pg_indexes_size(c.oid) as indexes, pg_catalog.pg_relation_size(c.oid) as heap
      from tree t join pg_catalog.pg_class c on c.oid = t.oid
)
select sum(total)::int8 as total_bytes, sum(heap)::int8 as rows_bytes, sum(indexes)::int8 as index_bytes,
       (sum(total) - sum(heap) - sum(indexes))::int8 as toast_bytes,
       sum(greatest(reltuples, 0))::int8 as estimated_rows,
       sum(total)::float8 / nullif(pg_catalog.pg_database_size(current_database()), 0) as database_share,
       count(*) - 1 as partitions
  from part having count(*) > 0
