-- What may everybody do?
-- since: 16
-- timeout: 5s
-- params: none
-- units: none
select n.nspname::text as schema, c.relname::text as name, string_agg(g.privilege_type, ', ') as rights
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace, pg_catalog.aclexplode(c.relacl) g
 where g.grantee = 0 and c.relkind in ('r', 'p', 'v', 'm', 'S') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_catalog.pg_depend d where d.objid = c.oid and d.deptype = 'e')
 group by 1, 2 order by 1, 2 limit 100
