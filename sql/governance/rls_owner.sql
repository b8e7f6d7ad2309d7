-- Can this role become the owner of tables in these schemas, and do policies bind it?
-- since: 16
-- timeout: 10s
-- params: owner_name text, schema_names text[]
-- units: none
select w.name as role_name,
       r.oid is not null as is_there,
       coalesce(r.rolbypassrls or r.rolsuper, false) as bypasses,
       coalesce(pg_catalog.pg_has_role(r.oid, 'SET') and pg_catalog.pg_has_role(r.oid, 'USAGE'), false)
           as may_hand_over,
       not exists (select
                     from pg_catalog.pg_namespace n
                    where n.nspname = any (:schema_names::text[])
                      and not coalesce(pg_catalog.has_schema_privilege(r.oid, n.oid, 'CREATE'), false))
           as may_own_there
  from (values (:owner_name::text)) as w (name)
  left join pg_catalog.pg_roles r on r.rolname = w.name
