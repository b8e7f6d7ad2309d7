-- Which functions are there, and which run with their owners rights?
-- since: 16
-- timeout: 5s
-- params: none
-- units: none
select n.nspname::text as schema, p.proname::text as name, pg_catalog.pg_get_function_identity_arguments(p.oid) as arguments,
       l.lanname::text as language, p.prosecdef as with_owners_rights, pg_catalog.pg_get_userbyid(p.proowner)::text as owner,
       (count(*) filter (where p.prosecdef) over ()) as x_definer, (count(*) over ()) as x_all
  from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace join pg_catalog.pg_language l on l.oid = p.prolang
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and not exists (select from pg_catalog.pg_depend d where d.objid = p.oid and d.deptype = 'e')
 order by p.prosecdef desc, 1, 2 limit 60
