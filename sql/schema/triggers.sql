-- Which triggers are on the tables and views?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
-- Names are printed in full: the search path is empty for this one statement.
select g.oid::int8 as oid,
       json_build_object(
         'schema', n.nspname, 'table', c.relname, 'name', g.tgname,
         'definition', pg_get_triggerdef(g.oid),
         'enabled', case g.tgenabled when 'O' then 'enabled' when 'D' then 'disabled' when 'R' then 'replica'
                                   else 'always' end,
         'inherited', g.tgparentid <> 0,
         'comment', obj_description(g.oid, 'pg_trigger'))::text as body
  from pg_trigger g
  join pg_class c on c.oid = g.tgrelid
  join pg_namespace n on n.oid = c.relnamespace
 where not g.tgisinternal and c.relpersistence <> 't'
   and n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
   and g.oid not in (select objid from pg_depend
                      where refclassid = 'pg_extension'::regclass
                        and classid = 'pg_trigger'::regclass and deptype = 'e')
   and (select set_config('search_path', '', true)) is not null
