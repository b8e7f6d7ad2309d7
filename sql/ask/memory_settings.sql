-- How is memory set?
-- since: 16
-- timeout: 5s
-- params: none
-- units: none
select name, pg_catalog.current_setting(name) as value, boot_val as usual, source as set_by, short_desc as meaning,
       (select pg_catalog.current_setting('work_mem')) as x_main
  from pg_catalog.pg_settings where name in ('shared_buffers', 'work_mem', 'maintenance_work_mem', 'effective_cache_size', 'temp_buffers', 'hash_mem_multiplier', 'autovacuum_work_mem', 'wal_buffers', 'huge_pages', 'max_connections') order by name
