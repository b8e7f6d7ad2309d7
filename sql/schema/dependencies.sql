-- Which objects of users need which others?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
-- Names are printed in full: the search path is empty for this one statement.
-- A view's needs are those of its rule, a default's those of its column, an array's those of its
-- element; a row type stands for its table. Sequences do not need the column that owns them.
with edges as (
  select case when w.oid is not null then 'pg_class' when f.oid is not null then 'pg_class'
              when k.contypid <> 0 then 'pg_type' else d.classid::regclass::text end as class,
         coalesce(w.ev_class, f.adrelid, nullif(k.contypid, 0), d.objid)::int8 as oid,
         coalesce(f.adnum, case when w.oid is null then d.objsubid else 0 end)::int4 as sub,
         case when e.typrelid <> 0 and rc.relkind <> 'c' then 'pg_class'
              else d.refclassid::regclass::text end as needed_class,
         case when e.typrelid <> 0 and rc.relkind <> 'c' then e.typrelid
              else coalesce(e.oid, d.refobjid) end::int8 as needed_oid,
         d.refobjsubid::int4 as needed_sub
    from pg_depend d
    left join pg_rewrite w on d.classid = 'pg_rewrite'::regclass and w.oid = d.objid
         and w.rulename = '_RETURN'
    left join pg_attrdef f on d.classid = 'pg_attrdef'::regclass and f.oid = d.objid
    left join pg_constraint k on d.classid = 'pg_constraint'::regclass and k.oid = d.objid
    left join pg_class s on d.classid = 'pg_class'::regclass and s.oid = d.objid and s.relkind = 'S'
    left join pg_range m on d.refclassid = 'pg_type'::regclass and m.rngmultitypid = d.refobjid
    left join pg_type t on d.refclassid = 'pg_type'::regclass and t.oid = coalesce(m.rngtypid, d.refobjid)
    left join pg_type e on e.oid = case when t.typcategory = 'A' and t.typelem <> 0 then t.typelem
                                        else t.oid end
    left join pg_class rc on rc.oid = e.typrelid
   where d.deptype in ('n', 'a') and d.refobjid >= 16384 and s.oid is null
     and d.classid <> 'pg_type'::regclass
      or d.deptype = 'n' and d.refobjid >= 16384 and d.classid = 'pg_type'::regclass)
select distinct class, oid, sub, needed_class, needed_oid, needed_sub
  from edges
 where (class, oid) <> (needed_class, needed_oid)
   and needed_class in ('pg_class', 'pg_type', 'pg_proc', 'pg_constraint', 'pg_collation')
   and (select set_config('search_path', '', true)) is not null
