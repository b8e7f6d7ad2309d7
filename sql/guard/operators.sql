-- What are the operators of these names, and those of these oids?
-- since: 14
-- timeout: 10s
-- params: names text[], oids int8[]
-- units: none
select o.oid::int8 as oid, n.nspname::text as schema, o.oprname::text as name, o.oid < 16384 as built_in,
       e.extname::text as extension, o.oprcode::oid::int8 as code
  from pg_operator o
  join pg_namespace n on n.oid = o.oprnamespace
  left join pg_depend d on d.classid = 'pg_operator'::regclass and d.objid = o.oid and d.deptype = 'e'
                       and d.refclassid = 'pg_extension'::regclass
  left join pg_extension e on e.oid = d.refobjid
 where o.oprname = any (:names::name[]) or o.oid = any (:oids::oid[])
