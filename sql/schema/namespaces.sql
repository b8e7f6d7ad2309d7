-- Which schemas are there, whose are they and who may use them?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
-- Names are printed in full: the search path is empty for this one statement.
select n.oid::int8 as oid,
       jsonb_build_object(
         'name', n.nspname, 'owner', pg_get_userbyid(n.nspowner),
         'grants', (select jsonb_agg(jsonb_build_object(
             'grantee', case when x.grantee = 0 then 'public' else pg_get_userbyid(x.grantee) end,
             'privilege', x.privilege_type, 'grantable', x.is_grantable,
             'by', case when x.grantor <> n.nspowner then pg_get_userbyid(x.grantor) end))
            from aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) x),
         'comment', obj_description(n.oid, 'pg_namespace'))::text as body
  from pg_namespace n
 where n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
   and n.oid not in (select objid from pg_depend
                      where refclassid = 'pg_extension'::regclass
                        and classid = 'pg_namespace'::regclass and deptype = 'e')
   and (select set_config('search_path', '', true)) is not null
