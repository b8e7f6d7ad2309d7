-- Which columns do the tables have, with everything that was set on them?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
-- Names are printed in full: the search path is empty for this one statement.
-- Options of foreign columns whose name sounds like a secret are named, never read out.
select c.oid::int8 as oid, a.attnum::int4 as position,
       n.nspname::text as schema, c.relname::text as table, a.attname::text as name,
       format_type(a.atttypid, a.atttypmod) as type,
       case when a.attcollation <> t.typcollation
            then (select format('%I.%I', cn.nspname, o.collname)
                    from pg_collation o join pg_namespace cn on cn.oid = o.collnamespace
                   where o.oid = a.attcollation) end as collation,
       a.attnotnull as not_null,
       case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end as default_expression,
       case when a.attgenerated <> '' then pg_get_expr(d.adbin, d.adrelid) end as generated,
       case a.attidentity when 'a' then 'always' when 'd' then 'by default' end as identity,
       case when a.attstorage <> t.typstorage
            then case a.attstorage when 'p' then 'plain' when 'e' then 'external'
                                   when 'm' then 'main' else 'extended' end end as storage,
       case a.attcompression when 'p' then 'pglz' when 'l' then 'lz4' end as compression,
       coalesce(a.attstattarget, -1)::int4 as statistics,
       a.attoptions as options,
       case when a.attfdwoptions is not null then array(
         select o.option_name || case when o.option_name ~* '(pass|secret|token|key|cred)'
                                       and o.option_name <> 'key' then ''
                                      else '=' || coalesce(o.option_value, '') end
           from pg_options_to_table(a.attfdwoptions) o) end as server_options,
       a.attislocal as local, a.attinhcount::int4 as inherited,
       case when a.attacl is not null then (select json_agg(json_build_object(
             'grantee', case when x.grantee = 0 then 'public' else pg_get_userbyid(x.grantee) end,
             'privilege', x.privilege_type, 'grantable', x.is_grantable,
             'by', case when x.grantor <> c.relowner then pg_get_userbyid(x.grantor) end))
            from aclexplode(a.attacl) x) end as grants,
       x.description as comment
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
                      where refclassid = 'pg_extension'::regclass
                        and classid = 'pg_class'::regclass and deptype = 'e')
   and (select set_config('search_path', '', true)) is not null
