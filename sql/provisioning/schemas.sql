-- Which schemas does this database have?
-- since: 15
-- timeout: 5s
-- params: none
-- units: none
select n.nspname::text as schema_name
  from pg_namespace n
 where n.nspname not like 'pg\_%'
   and n.nspname <> 'information_schema'
 order by 1
