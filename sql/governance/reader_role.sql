-- Is there a role that may only read, who is in it, and what else could it do?
-- since: 16
-- timeout: 10s
-- params: role_name text
-- units: powers is a count of rights beyond reading
select r.oid is not null as is_there,
       coalesce(r.rolcanlogin, false) as can_login,
       coalesce((select me.rolcreaterole or me.rolsuper
                   from pg_catalog.pg_roles me
                  where me.rolname = current_user), false) as may_create_roles,
       (select pg_catalog.count(*) from pg_catalog.pg_auth_members m
         where m.roleid = r.oid and (m.inherit_option or m.set_option)) as members,
       coalesce(r.rolsuper::int + r.rolbypassrls::int + r.rolcreaterole::int + r.rolcreatedb::int
                + r.rolreplication::int, 0)
       + (select pg_catalog.count(*) from pg_catalog.pg_auth_members m where m.member = r.oid)
       + (select pg_catalog.count(*)
            from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
           where r.oid is not null and c.relkind in ('r', 'p', 'v', 'f')
             and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
             and pg_catalog.has_table_privilege(r.oid, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE'))
       + (select pg_catalog.count(*)
            from pg_catalog.pg_namespace n
           where r.oid is not null and n.nspname !~ '^pg_' and pg_catalog.has_schema_privilege(r.oid, n.oid, 'CREATE'))
         as powers
  from (values (:role_name::text)) as w (name)
  left join pg_catalog.pg_roles r on r.rolname = w.name
