-- Is the mapping of roles to tenants there, ours to write, and itself protected?
-- since: 16
-- timeout: 10s
-- params: none
-- units: none
select n.oid is not null as schema_is_there,
       c.oid is not null as table_is_there,
       coalesce(pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE')
                and (n.oid is null or pg_catalog.has_schema_privilege(n.oid, 'CREATE')), false) as may_create,
       coalesce(pg_catalog.pg_has_role(c.relowner, 'USAGE'), false) as may_write,
       coalesce((select pg_catalog.string_agg(pg_catalog.format('%s %s', a.attname,
                                              pg_catalog.format_type(a.atttypid, a.atttypmod)), ', '
                                              order by a.attnum)
                   from pg_catalog.pg_attribute a
                  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), '')
       = 'schema_name text, tenant_role regrole, tenant text' as fits,
       coalesce(c.relrowsecurity and c.relforcerowsecurity
                and (select pg_catalog.count(*) = 1
                            and pg_catalog.bool_and(p.polcmd = 'r' and p.polname = 'own_rows'
                                and pg_catalog.pg_get_expr(p.polqual, p.polrelid)
                                    ~ '^pg_has_role\(\(?tenant_role\)?(::oid)?, ''USAGE''::text\)$')
                       from pg_catalog.pg_policy p
                      where p.polrelid = c.oid)
                and not exists (select
                                  from pg_catalog.aclexplode(c.relacl) g
                                 where g.grantee <> c.relowner and g.privilege_type <> 'SELECT'),
                false) as is_protected
  from (values (1)) as one (row)
  left join pg_catalog.pg_namespace n on n.nspname = 'lakebaseops_rls'
  left join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = 'tenant_roles'
