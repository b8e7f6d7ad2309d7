-- Which rights on these tables do tenants' roles and the future owner lack, and what gives them?
-- since: 16
-- timeout: 10s
-- params: role_names text[], owner_name text, schema_names text[], table_names text[]
-- units: none
with place as (
    select distinct n.oid as schema_oid, n.nspname, c.oid, c.relname
      from unnest(:schema_names::text[], :table_names::text[]) as w (s, t)
      join pg_catalog.pg_namespace n on n.nspname = w.s
      join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = w.t
     where not c.relispartition
), lacking as (
    select 1 as kind, w.name as role_name, pg_catalog.format('schema %I', p.nspname) as object,
           array['usage'] as privileges
      from pg_catalog.unnest(:role_names::text[]) as w (name)
      left join pg_catalog.pg_roles r on r.rolname = w.name
     cross join (select distinct nspname, schema_oid from place) as p
     where not coalesce(pg_catalog.has_schema_privilege(r.oid, p.schema_oid, 'USAGE'), false)
    union all
    select 2, w.name, pg_catalog.format('schema %I', p.nspname),
           (select array_agg(x order by x)
              from pg_catalog.unnest(array['create', 'usage']) as x
             where not coalesce(pg_catalog.has_schema_privilege(r.oid, p.schema_oid, x), false))
      from (values (:owner_name::text)) as w (name)
      left join pg_catalog.pg_roles r on r.rolname = w.name
     cross join (select distinct nspname, schema_oid from place) as p
    union all
    select 3, w.name, pg_catalog.format('table %I.%I', p.nspname, p.relname),
           (select array_agg(x order by x)
              from pg_catalog.unnest(array['select', 'insert', 'update', 'delete']) as x
             where not coalesce(pg_catalog.has_table_privilege(r.oid, p.oid, x), false))
      from pg_catalog.unnest(:role_names::text[]) as w (name)
      left join pg_catalog.pg_roles r on r.rolname = w.name
     cross join place as p
    union all
    -- Whoever inserts takes the next number of a serial column.
    select 4, w.name, pg_catalog.format('sequence %I.%I', n.nspname, c.relname), array['usage']
      from pg_catalog.unnest(:role_names::text[]) as w (name)
      left join pg_catalog.pg_roles r on r.rolname = w.name
     cross join place as p
      join pg_catalog.pg_depend d
        on d.refobjid = p.oid and d.deptype = 'a' and d.classid = 'pg_catalog.pg_class'::regclass
      join pg_catalog.pg_class c on c.oid = d.objid and c.relkind = 'S'
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where not coalesce(pg_catalog.has_sequence_privilege(r.oid, c.oid, 'USAGE'), false)
)
select pg_catalog.format('Grant %s on %s to %s', pg_catalog.array_to_string(l.privileges, ', '),
                         l.object, l.role_name) as title,
       pg_catalog.format('grant %s on %s to %I',
                         pg_catalog.array_to_string(l.privileges, ', '), l.object, l.role_name) as statement,
       pg_catalog.format('revoke %s on %s from %I',
                         pg_catalog.array_to_string(l.privileges, ', '), l.object, l.role_name) as undo
  from lacking l
 where l.privileges is not null
 order by l.kind, l.role_name, l.object
