-- May these roles stand for tenants, and what is needed to look through their eyes?
-- since: 16
-- timeout: 10s
-- params: role_names text[], schema_names text[], table_names text[]
-- units: none
with place as (
    select n.nspname, c.relname, c.oid, n.oid as schema_oid
      from unnest(:schema_names::text[], :table_names::text[]) as w (s, t)
      join pg_catalog.pg_namespace n on n.nspname = w.s
      join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = w.t
), mine as (
    select m.roleid
      from pg_catalog.pg_auth_members m
      join pg_catalog.pg_roles me on me.oid = m.member and me.oid = m.grantor
     where me.rolname = current_user
)
select w.name as role_name,
       r.oid is not null as is_there,
       coalesce(r.rolbypassrls or r.rolsuper, false) as bypasses,
       coalesce(pg_catalog.pg_has_role(r.oid, 'SET'), false) as may_act_as,
       coalesce(pg_catalog.pg_has_role(r.oid, 'MEMBER WITH ADMIN OPTION'), false) as may_grant,
       case when exists (select from mine where mine.roleid = r.oid)
            then pg_catalog.format('grant %I to %I with set true', w.name, current_user)
            else pg_catalog.format('grant %I to %I with inherit false, set true', w.name, current_user)
       end as grant_statement,
       case when exists (select from mine where mine.roleid = r.oid)
            then pg_catalog.format('revoke set option for %I from %I', w.name, current_user)
            else pg_catalog.format('revoke %I from %I', w.name, current_user)
       end as revoke_statement,
       (select pg_catalog.string_agg(o.rolname, ', ' order by o.rolname)
          from pg_catalog.pg_roles o
         where o.rolname = any (:role_names::text[]) and o.oid <> r.oid
           and pg_catalog.pg_has_role(r.oid, o.oid, 'MEMBER')) as member_of_other,
       (select pg_catalog.string_agg(distinct pg_catalog.format('%I.%I', p.nspname, p.relname), ', ')
          from place p
         where r.oid is not null
           and not (pg_catalog.has_table_privilege(r.oid, p.oid, 'SELECT')
                    and pg_catalog.has_schema_privilege(r.oid, p.schema_oid, 'USAGE'))) as unreadable,
       (select pg_catalog.string_agg(distinct pg_catalog.format('%I.%I', p.nspname, p.relname), ', ')
          from place p
         where r.oid is not null
           and pg_catalog.has_table_privilege(r.oid, p.oid, 'TRUNCATE')) as truncates
  from pg_catalog.unnest(:role_names::text[]) as w (name)
  left join pg_catalog.pg_roles r on r.rolname = w.name
 order by w.name
