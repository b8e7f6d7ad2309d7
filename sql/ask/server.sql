-- Which server is this, and since when does it run?
-- since: 16
-- timeout: 5s
-- params: none
-- units: seconds
select pg_catalog.current_setting('server_version') as version, pg_catalog.pg_postmaster_start_time() as started_at,
       extract(epoch from clock_timestamp() - pg_catalog.pg_postmaster_start_time())::float8 as up_seconds,
       pg_catalog.pg_is_in_recovery() as is_standby, current_database()::text as database, current_user::text as login_role,
       pg_catalog.pg_conf_load_time() as settings_loaded_at, pg_catalog.current_setting('server_encoding') as encoding,
       pg_catalog.current_setting('TimeZone') as time_zone, pg_catalog.current_setting('data_checksums') as data_checksums
