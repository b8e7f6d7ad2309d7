-- Which columns do the tables have, with everything that was set on them?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
-- Names are printed in full: the search path is empty for this one statement.
select c.oid::int8 as oid, a.attnum::int4 as position,
       jsonb_build_object(
         'schema', n.nspname, 'table', c.relname, 'name', a.attname,
         'type', format_type(a.atttypid, a.atttypmod),
         'collation', case when a.attcollation <> t.typcollation
                           then (select format('%I.%I', cn.nspname, o.collname)
                                   from pg_collation o join pg_namespace cn on cn.oid = o.collnamespace
                                  where o.oid = a.attcollation) end,
         'not_null', a.attnotnull,
         'default_expression', case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end,
         'generated', case when a.attgenerated <> '' then pg_get_expr(d.adbin, d.adrelid) end,
         'identity', case a.attidentity when 'a' then 'always' when 'd' then 'by default' end,
         'storage', case when a.attstorage <> t.typstorage
                         then case a.attstorage when 'p' then 'plain' when 'e' then 'external'
                                                when 'm' then 'main' else 'extended' end end,
         'compression', case a.attcompression when 'p' then 'pglz' when 'l' then 'lz4' end,
         'statistics', coalesce(a.attstattarget, -1),
         'options', a.attoptions, 'server_options', a.attfdwoptions,
         'local', a.attislocal, 'inherited', a.attinhcount,
         'grants', case when a.attacl is not null then (select jsonb_agg(jsonb_build_object(
             'grantee', case when x.grantee = 0 then 'public' else pg_get_userbyid(x.grantee) end,
             'privilege', x.privilege_type, 'grantable', x.is_grantable))
            from aclexplode(a.attacl) x) end,
         'comment', x.description)::text as body
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  left join pg_description x on x.classoid = 'pg_class'::regclass and x.objoid = c.oid
       and x.objsubid = a.attnum
 where c.relkind in ('r', 'p', 'f') and c.relpersistence <> 't'
   and n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
   and c.oid not in (select objid from pg_depend
                      where classid = 'pg_class'::regclass and deptype = 'e')
   and (select set_config('search_path', '', true)) is not null
