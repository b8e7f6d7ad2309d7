-- Which settings, workers, slots and states of this server explain trouble, in one row?
-- since: 14
-- timeout: 10s
-- params: none
-- units: seconds; fractions of 1; bytes
select pg_catalog.current_setting('autovacuum')::bool as autovacuum_on,
       pg_catalog.current_setting('autovacuum_max_workers')::int4 as workers_max,
       (select count(*) from pg_catalog.pg_stat_activity where backend_type = 'autovacuum worker') as workers_busy,
       extract(epoch from clock_timestamp() - pg_catalog.pg_postmaster_start_time())::float8 as started_seconds,
       (select extract(epoch from clock_timestamp() - stats_reset)::float8
          from pg_catalog.pg_stat_database where datname = current_database()) as reset_seconds,
       (select format('%s.%s', schemaname, sequencename)
          from pg_catalog.pg_sequences
         where last_value is not null and increment_by > 0 and not cycle
         order by last_value::float8 / max_value desc limit 1) as sequence_name,
       (select max(last_value::float8 / max_value)
          from pg_catalog.pg_sequences
         where last_value is not null and increment_by > 0 and not cycle) as sequence_used
