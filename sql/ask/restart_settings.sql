-- Which settings wait for a restart?
-- since: 16
-- timeout: 5s
-- params: none
-- units: none
select name, setting || coalesce(' ' || unit, '') as value, sourcefile, short_desc as meaning
  from pg_catalog.pg_settings where pending_restart order by name
