-- What are the functions of these names, and those of these oids?
-- since: 14
-- timeout: 10s
-- params: names text[], oids int8[]
-- units: none
select p.oid::int8 as oid, n.nspname::text as schema, p.proname::text as name, p.oid < 16384 as built_in,
       l.lanname::text as language, p.provolatile = 'v' as is_volatile, e.extname::text as extension,
       coalesce(r.rolsuper, false) as owned_by_superuser,
       coalesce(t.typtype in ('c', 'p', 'd'), false) as takes_row,
       p.prokind = 'a' as aggregate,
       l.lanname = 'internal' and p.prosrc in ('range_constructor2', 'range_constructor3', 'multirange_constructor0',
                                               'multirange_constructor1', 'multirange_constructor2') as of_range,
       pg_get_function_identity_arguments(p.oid) as arguments
  from pg_proc p
  join pg_namespace n on n.oid = p.pronamespace
  join pg_language l on l.oid = p.prolang
  left join pg_roles r on r.oid = p.proowner
  left join pg_type t on t.oid = p.proargtypes[0]
  left join pg_depend d on d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'
                       and d.refclassid = 'pg_extension'::regclass
  left join pg_extension e on e.oid = d.refobjid
 where p.proname = any (:names::name[]) or p.oid = any (:oids::oid[])
