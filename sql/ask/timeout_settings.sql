-- Which timeouts are set?
-- since: 16
-- timeout: 5s
-- params: none
-- units: none
select name, pg_catalog.current_setting(name) as value, boot_val as usual, source as set_by, short_desc as meaning,
       (select pg_catalog.current_setting('statement_timeout')) as x_main
  from pg_catalog.pg_settings where name like '%timeout%' order by name
