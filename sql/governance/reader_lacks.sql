-- How many of the tables that we could open to this role can it still not read?
-- since: 16
-- timeout: 10s
-- params: role_name text, schemas text[]
-- units: tables and views
select pg_catalog.count(*) as unreadable
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_roles r on r.rolname = :role_name
 where c.relkind in ('r', 'p', 'v', 'm')
   and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'lakebaseops_rls')
   and (pg_catalog.cardinality(:schemas::text[]) = 0 or n.nspname = any (:schemas::text[]))
   and pg_catalog.pg_has_role(c.relowner, 'USAGE')
   and not exists (select
                     from pg_catalog.pg_depend d
                    where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
   and not (pg_catalog.has_table_privilege(r.oid, c.oid, 'SELECT')
            and pg_catalog.has_schema_privilege(r.oid, n.oid, 'USAGE'))
