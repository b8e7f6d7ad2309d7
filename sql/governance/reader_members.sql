-- Is this role in the reading role, and could it do more than read through its own attributes?
-- since: 16
-- timeout: 10s
-- params: reader text, agent text
-- units: none
select a.oid is not null as is_there,
       coalesce(pg_catalog.pg_has_role(a.oid, r.oid, 'USAGE'), false) as reads,
       coalesce(a.rolsuper or a.rolbypassrls or a.rolcreaterole or a.rolcreatedb or a.rolreplication, false)
       or exists (select
                    from pg_catalog.pg_auth_members m
                   where m.member = a.oid and m.roleid is distinct from r.oid) as powerful
  from (values (1)) as one (row)
  left join pg_catalog.pg_roles r on r.rolname = :reader
  left join pg_catalog.pg_roles a on a.rolname = :agent
