-- Which extended statistics are kept?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
-- Names are printed in full: the search path is empty for this one statement.
select e.oid::int8 as oid,
       jsonb_build_object(
         'schema', n.nspname, 'name', e.stxname,
         'table', jsonb_build_object('schema', tn.nspname, 'name', t.relname),
         'definition', pg_get_statisticsobjdef(e.oid), 'target', coalesce(e.stxstattarget, -1),
         'owner', pg_get_userbyid(e.stxowner),
         'comment', obj_description(e.oid, 'pg_statistic_ext'))::text as body
  from pg_statistic_ext e
  join pg_namespace n on n.oid = e.stxnamespace
  join pg_class t on t.oid = e.stxrelid
  join pg_namespace tn on tn.oid = t.relnamespace
 where n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
   and e.oid not in (select objid from pg_depend
                      where refclassid = 'pg_extension'::regclass
                        and classid = 'pg_statistic_ext'::regclass and deptype = 'e')
   and (select set_config('search_path', '', true)) is not null
