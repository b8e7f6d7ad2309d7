-- Which sequences are there, with which parameters, and which column owns each?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
-- Names are printed in full: the search path is empty for this one statement.
select c.oid::int8 as oid,
       jsonb_build_object(
         'schema', n.nspname, 'name', c.relname, 'type', format_type(s.seqtypid, null),
         'start', s.seqstart, 'increment', s.seqincrement, 'min', s.seqmin, 'max', s.seqmax,
         'cache', s.seqcache, 'cycle', s.seqcycle, 'unlogged', c.relpersistence = 'u',
         'identity', coalesce(d.deptype = 'i', false),
         'owned_by', case when a.attname is not null then jsonb_build_object(
                       'schema', tn.nspname, 'table', t.relname, 'column', a.attname) end,
         'owner', pg_get_userbyid(c.relowner),
         'grants', (select jsonb_agg(jsonb_build_object(
             'grantee', case when x.grantee = 0 then 'public' else pg_get_userbyid(x.grantee) end,
             'privilege', x.privilege_type, 'grantable', x.is_grantable,
             'by', case when x.grantor <> c.relowner then pg_get_userbyid(x.grantor) end))
            from aclexplode(coalesce(c.relacl, acldefault('s', c.relowner))) x),
         'comment', obj_description(c.oid, 'pg_class'))::text as body
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_sequence s on s.seqrelid = c.oid
  left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid
       and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0 and d.deptype in ('a', 'i')
  left join pg_class t on t.oid = d.refobjid
  left join pg_namespace tn on tn.oid = t.relnamespace
  left join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
 where c.relkind = 'S' and c.relpersistence <> 't'
   and n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
   and c.oid not in (select objid from pg_depend
                      where refclassid = 'pg_extension'::regclass
                        and classid = 'pg_class'::regclass and deptype = 'e')
   and (select set_config('search_path', '', true)) is not null
