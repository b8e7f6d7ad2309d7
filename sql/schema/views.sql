-- Which views and materialized views are there, and what do they show?
-- since: 17
-- timeout: 30s
-- params: except int8[]
-- units: none
-- Names are printed in full: the search path is empty for this one statement.
select c.oid::int8 as oid,
       jsonb_build_object(
         'schema', n.nspname, 'name', c.relname, 'materialized', c.relkind = 'm',
         'definition', pg_get_viewdef(c.oid), 'options', c.reloptions,
         'access_method', m.amname, 'tablespace', s.spcname, 'clustered_on', ci.relname,
         'columns', (select jsonb_agg(jsonb_build_object(
                        'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
                        'default_expression', pg_get_expr(d.adbin, d.adrelid),
                        'statistics', coalesce(a.attstattarget, -1),
                        'grants', case when a.attacl is not null then (select jsonb_agg(jsonb_build_object(
                            'grantee', case when x.grantee = 0 then 'public' else pg_get_userbyid(x.grantee) end,
                            'privilege', x.privilege_type, 'grantable', x.is_grantable,
                            'by', case when x.grantor <> c.relowner then pg_get_userbyid(x.grantor) end))
                           from aclexplode(a.attacl) x) end,
                        'comment', col_description(c.oid, a.attnum)) order by a.attnum)
                       from pg_attribute a
                       left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
                      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
         'owner', pg_get_userbyid(c.relowner),
         'grants', (select jsonb_agg(jsonb_build_object(
             'grantee', case when x.grantee = 0 then 'public' else pg_get_userbyid(x.grantee) end,
             'privilege', x.privilege_type, 'grantable', x.is_grantable,
             'by', case when x.grantor <> c.relowner then pg_get_userbyid(x.grantor) end))
            from aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) x),
         'comment', obj_description(c.oid, 'pg_class'))::text as body
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_am m on m.oid = c.relam
  left join pg_tablespace s on s.oid = c.reltablespace
  left join pg_index cx on cx.indrelid = c.oid and cx.indisclustered
  left join pg_class ci on ci.oid = cx.indexrelid
 where c.relkind in ('v', 'm') and c.relpersistence <> 't'
   and n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
   and c.oid not in (select objid from pg_depend
                      where refclassid = 'pg_extension'::regclass
                        and classid = 'pg_class'::regclass and deptype = 'e')
   and c.oid::int8 <> all (:except)
   and (select set_config('search_path', '', true)) is not null
