-- Which tables get the most new rows?
-- since: 16
-- timeout: 5s
-- params: limit int8
-- units: rows, bytes
select schemaname::text as schema, relname::text as name, n_tup_ins - n_tup_del as net_new_rows,
       n_tup_ins as inserted, n_tup_upd as updated, n_tup_del as deleted,
       pg_catalog.pg_total_relation_size(relid) as total_bytes,
       (select stats_reset from pg_catalog.pg_stat_database where datname = current_database()) as x_since_at
  from pg_catalog.pg_stat_user_tables
 where n_tup_ins > n_tup_del
 order by net_new_rows desc limit :limit
