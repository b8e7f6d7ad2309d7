-- Which objects of users need which others?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
-- A view's needs are those of its rule, a default's those of its column, a domain's those of its
-- checks, an array's those of its element, a procedure's place in an operator class that of the
-- class; a row type stands for its table. Sequences do not need the column that owns them.
-- Most edges need no looking up: they come first and cheaply whatever the planner believes.
with edges as not materialized (
  select d.classid, d.objid, d.objsubid, d.refclassid, d.refobjid, d.refobjsubid
    from pg_depend d
   where d.refobjid >= 16384
     and (d.deptype = 'n' or d.deptype = 'a' and d.classid <> 'pg_type'::regclass)
     and d.refclassid not in ('pg_namespace'::regclass, 'pg_extension'::regclass)
     and not (d.classid = 'pg_class'::regclass
              and d.objid = any (array(select seqrelid from pg_sequence)))),
looked_up as not materialized (
  select d.*, d.refclassid = 'pg_type'::regclass
              or d.classid in ('pg_rewrite'::regclass, 'pg_attrdef'::regclass,
                               'pg_amop'::regclass, 'pg_amproc'::regclass)
              or d.classid = 'pg_constraint'::regclass
                 and d.objid = any (array(select oid from pg_constraint where contypid <> 0))
         as special
    from edges d),
special as (
  select case when w.oid is not null or f.oid is not null then 'pg_class'::regclass
              when k.oid is not null then 'pg_type'::regclass
              when o.objid is not null then o.refclassid else d.classid end as classid,
         coalesce(w.ev_class, f.adrelid, k.contypid, o.refobjid, d.objid) as objid,
         coalesce(f.adnum, case when w.oid is null then d.objsubid else 0 end) as objsubid,
         case when e.typrelid <> 0 and rc.relkind <> 'c' then 'pg_class'::regclass
              else d.refclassid end as refclassid,
         case when e.typrelid <> 0 and rc.relkind <> 'c' then e.typrelid
              else coalesce(e.oid, d.refobjid) end as refobjid,
         d.refobjsubid
    from looked_up d
    left join pg_rewrite w on d.classid = 'pg_rewrite'::regclass and w.oid = d.objid
         and w.rulename = '_RETURN'
    left join pg_attrdef f on d.classid = 'pg_attrdef'::regclass and f.oid = d.objid
    left join pg_constraint k on d.classid = 'pg_constraint'::regclass and k.oid = d.objid
         and k.contypid <> 0
    left join pg_depend o on d.classid in ('pg_amop'::regclass, 'pg_amproc'::regclass)
         and o.classid = d.classid and o.objid = d.objid and o.refobjid <> d.refobjid
         and o.refclassid in ('pg_opclass'::regclass, 'pg_opfamily'::regclass)
    left join pg_range m on d.refclassid = 'pg_type'::regclass and m.rngmultitypid = d.refobjid
    left join pg_type t on d.refclassid = 'pg_type'::regclass
         and t.oid = coalesce(m.rngtypid, d.refobjid)
    left join pg_type e on e.oid = case when t.typcategory = 'A' and t.typelem <> 0 then t.typelem
                                        else t.oid end
    left join pg_class rc on rc.oid = e.typrelid
   where d.special)
select classid::int8 as class, objid::int8 as oid, objsubid::int4 as sub,
       refclassid::int8 as needed_class, refobjid::int8 as needed_oid,
       refobjsubid::int4 as needed_sub
  from looked_up
 where not special
union all
select classid::int8, objid::int8, objsubid::int4, refclassid::int8, refobjid::int8, refobjsubid::int4
  from special
 where (classid, objid, objsubid) <> (refclassid, refobjid, refobjsubid)
