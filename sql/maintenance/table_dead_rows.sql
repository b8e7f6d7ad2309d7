-- How many dead rows has this table, how large and how old is it, how often was it vacuumed and analyzed?
-- since: 14
-- timeout: 10s
-- params: schema_name text, table_name text
-- units: rows; bytes, table with indexes and TOAST; runs since the statistics began; transactions
select s.n_live_tup as live_rows, s.n_dead_tup as dead_rows, s.vacuum_count as vacuums,
       s.analyze_count as analyses,
       pg_catalog.pg_total_relation_size(s.relid)::int8 as total_bytes,
       pg_catalog.pg_table_size(s.relid)::int8 as table_bytes,
       greatest(age(c.relfrozenxid), age(t.relfrozenxid))::int8 as xid_age
  from pg_catalog.pg_stat_all_tables s
  join pg_catalog.pg_class c on c.oid = s.relid
  left join pg_catalog.pg_class t on t.oid = c.reltoastrelid
 where s.schemaname = :schema_name and s.relname = :table_name
