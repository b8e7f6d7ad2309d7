-- Which read rights does this role lack, by schema, and how are they given and taken back?
-- since: 16
-- timeout: 10s
-- params: role_name text, schemas text[]
-- units: none
with reader as (
    select r.oid
      from pg_catalog.pg_roles r
     where r.rolname = :role_name
), place as (
    select n.oid, n.nspname
      from pg_catalog.pg_namespace n
     where n.nspname !~ '^pg_'
       and n.nspname not in ('information_schema', 'lakebaseops_rls')
       and (pg_catalog.cardinality(:schemas::text[]) = 0 or n.nspname = any (:schemas::text[]))
), lacking as (
    select p.nspname, c.relname, pg_catalog.pg_has_role(c.relowner, 'USAGE') as ours
      from place p
      join pg_catalog.pg_class c on c.relnamespace = p.oid and c.relkind in ('r', 'p', 'v', 'm')
     where not coalesce((select pg_catalog.has_table_privilege(r.oid, c.oid, 'SELECT') from reader r), false)
       and not exists (select
                         from pg_catalog.pg_depend d
                        where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid
                          and d.deptype = 'e')
)
select p.nspname as schema_name,
       'usage' as what,
       1::int8 as objects,
       0::int8 as not_ours,
       pg_catalog.format('grant usage on schema %I to %I', p.nspname, :role_name::text) as statement,
       pg_catalog.format('revoke usage on schema %I from %I', p.nspname, :role_name::text) as undo
  from place p
 where exists (select from lacking l where l.nspname = p.nspname and l.ours)
   and not coalesce((select pg_catalog.has_schema_privilege(r.oid, p.oid, 'USAGE') from reader r), false)
union all
select l.nspname,
       'select',
       pg_catalog.count(*) filter (where l.ours),
       pg_catalog.count(*) filter (where not l.ours),
       pg_catalog.format('grant select on table %s to %I',
              pg_catalog.string_agg(pg_catalog.format('%I.%I', l.nspname, l.relname), ', ' order by l.relname)
                  filter (where l.ours), :role_name::text),
       pg_catalog.format('revoke select on table %s from %I',
              pg_catalog.string_agg(pg_catalog.format('%I.%I', l.nspname, l.relname), ', ' order by l.relname)
                  filter (where l.ours), :role_name::text)
  from lacking l
 group by l.nspname
 order by 1, 2 desc
