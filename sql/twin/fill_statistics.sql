-- Puts column statistics into the twin's own catalog, in the order of slots that ANALYZE knows.
-- since: 17
-- timeout: 60s
-- params: rows text
-- units: as twin/column_statistics returns them
-- A domain stands for its base type, whose input runs no code of users; composite types are left out for the same
-- reason. What a type is ordered and compared by comes from its default B-tree operator class.
with wanted as materialized (
  select v.*, a.attrelid, a.attnum, a.attcollation,
         case when t.typtype = 'd' then t.typbasetype else t.oid end as type_oid
    from pg_catalog.jsonb_to_recordset(:rows::jsonb) as v(
           schema_name text, relation_name text, column_name text, inherited bool, null_share float8, width int4,
           distinct_values float8, common_values text, common_shares text, histogram text, correlation float8,
           common_elements text, element_shares text, element_counts text, range_lengths text,
           empty_ranges float8, range_bounds text)
    join pg_catalog.pg_namespace n on n.nspname = v.schema_name
    join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = v.relation_name
    join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attname = v.column_name and not a.attisdropped
    join pg_catalog.pg_type t on t.oid = a.atttypid),
operators as materialized (
  select oc.opcintype, max(o.amopopr) filter (where o.amopstrategy = 3) as equal,
         max(o.amopopr) filter (where o.amopstrategy = 1) as less
    from pg_catalog.pg_opclass oc
    join pg_catalog.pg_amop o on o.amopfamily = oc.opcfamily and o.amoplefttype = oc.opcintype
     and o.amoprighttype = oc.opcintype
   where oc.opcmethod = 403 and oc.opcdefault
   group by oc.opcintype),
known as materialized (
  select w.*, t.typelem, o.equal, o.less,
         -- Elements of a text search vector are texts.
         case when w.type_oid = 3614 then 25 else t.typelem end as element_type,
         t.typtype in ('b', 'e', 'r', 'm')
           and (t.typtype <> 'r' or t.typnamespace = 'pg_catalog'::regnamespace)
           and (t.typelem = 0 or e.typtype in ('b', 'e')) as safe
    from wanted w
    join pg_catalog.pg_type t on t.oid = w.type_oid
    left join pg_catalog.pg_type e on e.oid = t.typelem
    left join lateral (
      select x.equal, x.less
        from operators x
       where x.opcintype = t.oid
          or x.opcintype = case when t.typcategory = 'A' then 2277 when t.typtype = 'e' then 3500
                                when t.typtype = 'r' then 3831 when t.typtype = 'm' then 4537 else 0 end
          or exists (select from pg_catalog.pg_cast k
                      where k.castsource = t.oid and k.casttarget = x.opcintype
                        and k.castmethod = 'b' and k.castcontext = 'i')
       order by x.opcintype = t.oid desc, x.opcintype = 25 desc
       limit 1) o on true),
complete as (
  select k.*, coalesce(eo.equal, 0::oid) as element_equal
    from known k
    left join lateral (
      select x.equal from operators x
        join pg_catalog.pg_type et on et.oid = k.element_type
       where x.opcintype = et.oid
          or x.opcintype = case when et.typtype = 'e' then 3500 else 0 end
          or exists (select from pg_catalog.pg_cast c
                      where c.castsource = et.oid and c.casttarget = x.opcintype
                        and c.castmethod = 'b' and c.castcontext = 'i')
       order by x.opcintype = et.oid desc, x.opcintype = 25 desc
       limit 1) eo on true
   where k.safe)
insert into pg_catalog.pg_statistic
select k.attrelid, k.attnum, k.inherited, k.null_share::float4, k.width, k.distinct_values::float4,
       case when k.common_values is not null and k.equal is not null then 1 else 0 end,
       case when k.histogram is not null and k.less is not null then 2 else 0 end,
       case when k.correlation is not null and k.less is not null then 3 else 0 end,
       case when k.common_elements is not null then 4 when k.range_lengths is not null then 6 else 0 end,
       case when k.element_counts is not null then 5 when k.range_bounds is not null then 7 else 0 end,
       coalesce(k.equal, 0::oid), coalesce(k.less, 0::oid), coalesce(k.less, 0::oid),
       case when k.common_elements is not null then k.element_equal when k.range_lengths is not null then 672::oid
            else 0::oid end,
       case when k.element_counts is not null then k.element_equal else 0::oid end,
       k.attcollation, k.attcollation, k.attcollation,
       case when k.type_oid = 3614 then 100::oid when k.common_elements is not null then k.attcollation
            else 0::oid end,
       case when k.element_counts is not null then k.attcollation else 0::oid end,
       case when k.common_values is not null then k.common_shares::float4[] end,
       null, case when k.correlation is not null then array[k.correlation::float4] end,
       case when k.common_elements is not null then k.element_shares::float4[]
            when k.range_lengths is not null then array[k.empty_ranges::float4] end,
       k.element_counts::float4[],
       case when k.common_values is not null and k.equal is not null
            then pg_catalog.array_in(textout(k.common_values), k.type_oid, -1) end,
       case when k.histogram is not null and k.less is not null
            then pg_catalog.array_in(textout(k.histogram), k.type_oid, -1) end,
       null,
       case when k.common_elements is not null
            then pg_catalog.array_in(textout(k.common_elements), k.element_type, -1)
            when k.range_lengths is not null
            then pg_catalog.array_in(textout(k.range_lengths), 701::oid, -1) end,
       case when k.range_bounds is not null
            then pg_catalog.array_in(textout(k.range_bounds), k.type_oid, -1) end
  from complete k
