-- On how many of these tables are row security, its force on the owner and all policies in place?
-- since: 16
-- timeout: 10s
-- params: schema_names text[], table_names text[]
-- units: tables
select pg_catalog.count(*) filter (
           where c.relrowsecurity and c.relforcerowsecurity
             and (select pg_catalog.count(*)
                    from pg_catalog.pg_policy p
                   where p.polrelid = c.oid and p.polroles = '{0}'
                     and (p.polname, p.polcmd::text, p.polpermissive) in (
                             ('tenant_isolation_select', 'r', true),
                             ('tenant_isolation_insert', 'a', true),
                             ('tenant_isolation_update', 'w', true),
                             ('tenant_isolation_delete', 'd', true),
                             ('tenant_isolation_guard', '*', false))) = 5) as in_force,
       pg_catalog.count(*) as tables
  from unnest(:schema_names::text[], :table_names::text[]) as w (s, t)
  join pg_catalog.pg_namespace n on n.nspname = w.s
  join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = w.t
