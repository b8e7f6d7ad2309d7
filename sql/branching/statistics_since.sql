-- Since when does this server count what is written?
-- since: 17
-- timeout: 5s
-- params: none
-- units: none
select greatest(pg_postmaster_start_time(), d.stats_reset) as counting_since
  from pg_stat_database d
 where d.datname = current_database()
