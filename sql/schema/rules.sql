-- Which rewrite rules are on the tables and views, besides those that make views?
-- since: 17
-- timeout: 30s
-- params: except int8[]
-- units: none
-- Names are printed in full: the search path is empty for this one statement.
select w.oid::int8 as oid,
       jsonb_build_object(
         'schema', n.nspname, 'table', c.relname, 'name', w.rulename,
         'definition', pg_get_ruledef(w.oid),
         'enabled', case w.ev_enabled when 'O' then 'enabled' when 'D' then 'disabled' when 'R' then 'replica'
                                   else 'always' end,
         'comment', obj_description(w.oid, 'pg_rewrite'))::text as body
  from pg_rewrite w
  join pg_class c on c.oid = w.ev_class
  join pg_namespace n on n.oid = c.relnamespace
 where w.rulename <> '_RETURN' and c.relpersistence <> 't'
   and n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
   and c.oid not in (select objid from pg_depend
                      where refclassid = 'pg_extension'::regclass
                        and classid = 'pg_class'::regclass and deptype = 'e')
   and w.oid::int8 <> all (:except)
   and (select set_config('search_path', '', true)) is not null
