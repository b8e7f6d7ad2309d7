-- Which objects of users need which others?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
-- A view's needs are those of its rule, a default's those of its column, an array's those of its
-- element; a row type stands for its table. Sequences do not need the column that owns them.
with edges as (
  select case when w.oid is not null or f.oid is not null then 'pg_class'::regclass
              when k.contypid <> 0 then 'pg_type'::regclass else d.classid end as class,
         coalesce(w.ev_class, f.adrelid, nullif(k.contypid, 0), d.objid) as oid,
         coalesce(f.adnum, case when w.oid is null then d.objsubid else 0 end)::int4 as sub,
         case when e.typrelid <> 0 and rc.relkind <> 'c' then 'pg_class'::regclass
              else d.refclassid end as needed_class,
         case when e.typrelid <> 0 and rc.relkind <> 'c' then e.typrelid
              else coalesce(e.oid, d.refobjid) end as needed_oid,
         d.refobjsubid as needed_sub
    from pg_depend d
    left join pg_rewrite w on d.classid = 'pg_rewrite'::regclass and w.oid = d.objid
         and w.rulename = '_RETURN'
    left join pg_attrdef f on d.classid = 'pg_attrdef'::regclass and f.oid = d.objid
    left join pg_constraint k on d.classid = 'pg_constraint'::regclass and k.oid = d.objid
         and k.contypid <> 0
    left join pg_class s on d.classid = 'pg_class'::regclass and s.oid = d.objid and s.relkind = 'S'
    left join pg_range m on d.refclassid = 'pg_type'::regclass and m.rngmultitypid = d.refobjid
    left join pg_type t on d.refclassid = 'pg_type'::regclass and t.oid = coalesce(m.rngtypid, d.refobjid)
    left join pg_type e on e.oid = case when t.typcategory = 'A' and t.typelem <> 0 then t.typelem
                                        else t.oid end
    left join pg_class rc on rc.oid = e.typrelid
   where d.refobjid >= 16384 and s.oid is null
     and d.refclassid in ('pg_class'::regclass, 'pg_type'::regclass, 'pg_proc'::regclass,
                          'pg_constraint'::regclass, 'pg_collation'::regclass)
     and (d.deptype = 'n' or d.deptype = 'a' and d.classid <> 'pg_type'::regclass))
select c.relname::text as class, x.oid::int8, x.sub, r.relname::text as needed_class, x.needed_oid::int8, x.needed_sub
  from edges x
  join pg_class c on c.oid = x.class
  join pg_class r on r.oid = x.needed_class
 where (x.class, x.oid) <> (x.needed_class, x.needed_oid)
