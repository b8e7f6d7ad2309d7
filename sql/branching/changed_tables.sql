-- Which tables did somebody write to since the statistics of this database began?
-- since: 17
-- timeout: 15s
-- params: none
-- units: rows, bytes
-- A new branch starts with empty statistics; a compute that was suspended starts anew as well.
select s.schemaname::text as schema_name, s.relname::text as table_name,
       s.n_tup_ins as inserted, s.n_tup_upd as updated, s.n_tup_del as deleted,
       pg_total_relation_size(s.relid) as total_bytes
  from pg_stat_user_tables s
 where s.n_tup_ins + s.n_tup_upd + s.n_tup_del > 0
 order by s.n_tup_ins + s.n_tup_upd + s.n_tup_del desc, 1, 2
