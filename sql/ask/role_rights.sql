-- What may this role do with tables?
-- since: 16
-- timeout: 5s
-- params: role_name text
-- units: none
select n.nspname::text as schema, count(*) as tables,
       count(*) filter (where pg_catalog.has_table_privilege(:role_name, c.oid, 'SELECT')) as may_read,
       count(*) filter (where pg_catalog.has_table_privilege(:role_name, c.oid, 'INSERT, UPDATE, DELETE')) as may_write,
       count(*) filter (where c.relowner = r.oid) as owns, r.rolsuper as superuser, r.rolcanlogin as can_login,
       (sum(count(*) filter (where pg_catalog.has_table_privilege(:role_name, c.oid, 'SELECT'))) over ())::int8 as x_read,
       (sum(count(*) filter (where pg_catalog.has_table_privilege(:role_name, c.oid, 'INSERT, UPDATE, DELETE'))) over ())::int8 as x_write
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_roles r on r.rolname = :role_name
 where c.relkind in ('r', 'p', 'v', 'm') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
 group by n.nspname, r.rolsuper, r.rolcanlogin order by 1
