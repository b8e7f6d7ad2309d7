-- What does the server log?
-- since: 16
-- timeout: 5s
-- params: none
-- units: none
select name, pg_catalog.current_setting(name) as value, boot_val as usual, source as set_by, short_desc as meaning,
       (select pg_catalog.current_setting('log_min_duration_statement')) as x_main
  from pg_catalog.pg_settings where name in ('log_min_duration_statement', 'log_statement', 'log_lock_waits', 'log_checkpoints', 'log_autovacuum_min_duration', 'log_temp_files', 'log_connections', 'log_disconnections', 'log_min_messages', 'logging_collector', 'log_destination', 'auto_explain.log_min_duration') order by name
