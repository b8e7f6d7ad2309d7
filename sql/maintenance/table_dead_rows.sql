-- How many dead rows has this table, how large is it, how often was it vacuumed?
-- since: 14
-- timeout: 10s
-- params: schema_name text, table_name text
-- units: rows; bytes, table with indexes and TOAST; runs since the statistics began
select s.n_live_tup as live_rows, s.n_dead_tup as dead_rows, s.vacuum_count as vacuums,
       pg_catalog.pg_total_relation_size(s.relid)::int8 as total_bytes,
       pg_catalog.pg_table_size(s.relid)::int8 as table_bytes
  from pg_catalog.pg_stat_all_tables s
 where s.schemaname = :schema_name and s.relname = :table_name
