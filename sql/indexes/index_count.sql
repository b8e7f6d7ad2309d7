-- How many indexes do the tables with several of them have?
-- since: 15
-- timeout: 10s
-- params: none
-- units: count
select coalesce(sum(many.indexes), 0)::int8 as indexes
  from (select indrelid, count(*) as indexes
          from pg_catalog.pg_index where indrelid >= 16384
         group by indrelid having count(*) > 1) many
  join pg_catalog.pg_class t on t.oid = many.indrelid
  join pg_catalog.pg_namespace n on n.oid = t.relnamespace
 where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\_toast%'
   and t.relpersistence <> 't'
   and not exists (select from pg_catalog.pg_depend d
                    where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = t.oid
                      and d.deptype = 'e')
