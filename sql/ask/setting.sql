-- What is this setting, what does it do, and who set it?
-- since: 16
-- timeout: 5s
-- params: setting_name text
-- units: none
select name, setting || coalesce(' ' || unit, '') as value, pg_catalog.current_setting(name) as shown, short_desc as meaning,
       boot_val as usual, source as set_by, context, pending_restart, setting is distinct from boot_val as x_changed,
       case context when 'postmaster' then 'a restart' when 'sighup' then 'a reload' when 'internal' then 'nothing: it is fixed'
            else 'SET in a session, or for a role or database' end as changed_by
  from pg_catalog.pg_settings where name = :setting_name
