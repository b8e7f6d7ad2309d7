-- What are the types of these names, and those of these oids, made of?
-- since: 14
-- timeout: 10s
-- params: names text[], oids int8[]
-- units: none
select t.oid::int8 as oid, n.nspname::text as schema, t.typname::text as name, t.oid < 16384 as built_in,
       t.typtype::text as kind, e.extname::text as extension,
       array_remove(array[t.typelem, t.typbasetype, coalesce(g.rngsubtype, 0)]
         || coalesce((select array_agg(a.atttypid) from pg_attribute a
                       where a.attrelid = t.typrelid and t.typrelid <> 0 and a.attnum > 0 and not a.attisdropped),
                     '{}'), 0)::int8[] as parts,
       array_remove(array[coalesce(g.rngcanonical::oid, 0), coalesce(g.rngsubdiff::oid, 0)], 0)::int8[] as functions,
       coalesce((select array_agg(c.conbin::text) from pg_constraint c
                  where c.contypid = t.oid and c.conbin is not null), '{}') as checks
  from pg_type t
  join pg_namespace n on n.oid = t.typnamespace
  left join pg_range g on t.oid in (g.rngtypid, g.rngmultitypid)
  left join pg_depend d on d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e'
                       and d.refclassid = 'pg_extension'::regclass
  left join pg_extension e on e.oid = d.refobjid
 where t.typname = any (:names::name[]) or t.oid = any (:oids::oid[])
