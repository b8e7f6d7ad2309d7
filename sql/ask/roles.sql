-- Which roles are there, and what may they do?
-- since: 16
-- timeout: 5s
-- params: role_name text
-- units: none
select r.rolname::text as name, r.rolcanlogin as can_login, r.rolsuper as superuser, r.rolcreaterole as may_make_roles,
       r.rolcreatedb as may_make_databases, r.rolbypassrls as bypasses_row_security, r.rolreplication as replication,
       nullif(r.rolconnlimit, -1) as connection_limit, r.rolvaliduntil as valid_until,
       (select string_agg(g.rolname, ', ') from pg_catalog.pg_auth_members m join pg_catalog.pg_roles g on g.oid = m.roleid where m.member = r.oid) as member_of,
       (count(*) filter (where r.rolsuper) over ()) as x_superusers, (count(*) filter (where r.rolcanlogin) over ()) as x_logins
  from pg_catalog.pg_roles r
 where r.rolname !~ '^pg_' and (:role_name = '' or r.rolname = :role_name)
 order by r.rolsuper desc, r.rolcanlogin desc, 1 limit 100
