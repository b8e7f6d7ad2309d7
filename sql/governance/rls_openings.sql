-- Which views, materialized views and functions would show tenants rows past the policies?
-- since: 16
-- timeout: 10s
-- params: role_names text[], schema_names text[], table_names text[]
-- units: none
with recursive place as (
    select c.oid
      from unnest(:schema_names::text[], :table_names::text[]) as w (s, t)
      join pg_catalog.pg_namespace n on n.nspname = w.s
      join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = w.t
), tenant as (
    select r.oid, r.rolname
      from pg_catalog.pg_roles r
     where r.rolname = any (:role_names::text[])
), reader as (
    select p.oid
      from place p
    union
    select v.oid
      from reader x
      join pg_catalog.pg_depend d
        on d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid = x.oid
       and d.classid = 'pg_catalog.pg_rewrite'::regclass
      join pg_catalog.pg_rewrite w on w.oid = d.objid
      join pg_catalog.pg_class v on v.oid = w.ev_class and v.relkind in ('v', 'm')
)
select case v.relkind when 'm' then 'materialized view' else 'view' end as kind,
       pg_catalog.format('%I.%I', n.nspname, v.relname) as name,
       case v.relkind
            when 'm' then 'it holds a copy of the rows and knows no policies'
            else pg_catalog.format('it reads as its owner %I, whom policies do not bind', o.rolname)
       end as why
  from reader x
  join pg_catalog.pg_class v on v.oid = x.oid and v.relkind in ('v', 'm')
  join pg_catalog.pg_namespace n on n.oid = v.relnamespace
  join pg_catalog.pg_roles o on o.oid = v.relowner
 where exists (select from tenant t where pg_catalog.has_table_privilege(t.oid, v.oid, 'SELECT'))
   and (v.relkind = 'm'
        or ((o.rolbypassrls or o.rolsuper)
            and not coalesce(pg_catalog.array_to_string(v.reloptions, ',')
                             ~* 'security_invoker=(true|on|1|yes)', false)))
union all
select 'function',
       f.oid::regprocedure::text,
       pg_catalog.format('it runs as its owner %I, whom policies do not bind', o.rolname)
  from pg_catalog.pg_proc f
  join pg_catalog.pg_roles o on o.oid = f.proowner and (o.rolbypassrls or o.rolsuper)
 where f.prosecdef
   and f.pronamespace not in (select n.oid
                                from pg_catalog.pg_namespace n
                               where n.nspname in ('pg_catalog', 'information_schema'))
   and exists (select from tenant t where pg_catalog.has_function_privilege(t.oid, f.oid, 'EXECUTE'))
 order by 1, 2
