-- Since when do the counters of this database count, on which kind of server?
-- since: 16
-- timeout: 10s
-- params: none
-- units: none
-- standbys: servers that read from this one and count their own scans, as far as this one knows of them.
select clock_timestamp() as at, d.stats_reset,
       pg_catalog.pg_postmaster_start_time() as server_start,
       pg_catalog.pg_is_in_recovery() as is_standby,
       ((select count(*) from pg_catalog.pg_stat_replication r
          where not exists (select from pg_catalog.pg_replication_slots s
                             where s.active_pid = r.pid and s.slot_type = 'logical'))
        + (select count(*) from pg_catalog.pg_replication_slots s
            where s.slot_type = 'physical' and not s.active))::int4 as standbys,
       current_setting('server_version_num')::int4 as server_version
  from pg_catalog.pg_stat_database d
 where d.datname = current_database()
