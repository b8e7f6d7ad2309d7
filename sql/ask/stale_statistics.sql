-- Which tables changed much since they were analyzed?
-- since: 16
-- timeout: 5s
-- params: limit int8
-- units: rows
select schemaname::text as schema, relname::text as name, n_mod_since_analyze as changed_rows, n_live_tup as live_rows,
       n_mod_since_analyze::float8 / nullif(n_live_tup, 0) as changed_share,
       greatest(last_analyze, last_autoanalyze) as analyzed_at
  from pg_catalog.pg_stat_user_tables
 where n_live_tup + n_mod_since_analyze > 1000
   and (last_analyze is null and last_autoanalyze is null or n_mod_since_analyze > 0.1 * n_live_tup)
 order by n_mod_since_analyze desc limit :limit
