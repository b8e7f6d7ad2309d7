-- Which settings differ from their defaults?
-- since: 16
-- timeout: 5s
-- params: none
-- units: none
select name, current_setting(name) as value, boot_val as usual, source as set_by, short_desc as meaning, pending_restart
  from pg_catalog.pg_settings
 where setting is distinct from boot_val and source not in ('default', 'override', 'client', 'session')
   and name not like 'lc_%' and category not like 'Preset%'
 order by name limit 100
