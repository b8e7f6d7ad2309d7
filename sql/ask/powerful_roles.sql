-- Which roles have more rights than usual?
-- since: 16
-- timeout: 5s
-- params: none
-- units: none
select r.rolname::text as name, r.rolcanlogin as can_login, r.rolsuper as superuser, r.rolcreaterole as may_make_roles,
       r.rolbypassrls as bypasses_row_security, r.rolreplication as replication,
       (select string_agg(g.rolname, ', ') from pg_catalog.pg_auth_members m join pg_catalog.pg_roles g on g.oid = m.roleid
         where m.member = r.oid and g.rolname ~ '^pg_') as predefined,
       (count(*) filter (where r.rolsuper) over ()) as x_superusers
  from pg_catalog.pg_roles r
 where r.rolname !~ '^pg_' and (r.rolsuper or r.rolcreaterole or r.rolbypassrls or r.rolreplication
        or exists (select from pg_catalog.pg_auth_members m join pg_catalog.pg_roles g on g.oid = m.roleid where m.member = r.oid and g.rolname ~ '^pg_'))
 order by r.rolsuper desc, 1 limit 50
