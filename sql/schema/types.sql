-- Which enums, composite types, domains and ranges did users make?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
-- Names are printed in full: the search path is empty for this one statement.
select t.oid::int8 as oid, nullif(t.typrelid, 0)::int8 as relation, t.typtype::text as kind,
       (jsonb_build_object(
          'schema', n.nspname, 'name', t.typname, 'owner', pg_get_userbyid(t.typowner),
          'grants', (select jsonb_agg(jsonb_build_object(
              'grantee', case when x.grantee = 0 then 'public' else pg_get_userbyid(x.grantee) end,
              'privilege', x.privilege_type, 'grantable', x.is_grantable,
              'by', case when x.grantor <> t.typowner then pg_get_userbyid(x.grantor) end))
             from aclexplode(coalesce(t.typacl, acldefault('T', t.typowner))) x),
          'comment', obj_description(t.oid, 'pg_type'))
        || case t.typtype
             when 'e' then jsonb_build_object('labels',
               (select jsonb_agg(e.enumlabel order by e.enumsortorder)
                  from pg_enum e where e.enumtypid = t.oid))
             when 'c' then jsonb_build_object('attributes',
               (select jsonb_agg(jsonb_build_object(
                         'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
                         'collation', (select format('%I.%I', cn.nspname, o.collname)
                                         from pg_collation o join pg_namespace cn on cn.oid = o.collnamespace
                                        where o.oid = a.attcollation
                                          and o.oid <> (select b.typcollation from pg_type b
                                                         where b.oid = a.atttypid)),
                         'comment', col_description(a.attrelid, a.attnum)) order by a.attnum)
                  from pg_attribute a
                 where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped))
             when 'd' then jsonb_build_object(
               'base', format_type(t.typbasetype, t.typtypmod),
               'collation', (select format('%I.%I', cn.nspname, o.collname)
                               from pg_collation o join pg_namespace cn on cn.oid = o.collnamespace
                              where o.oid = t.typcollation
                                and o.oid <> (select b.typcollation from pg_type b
                                               where b.oid = t.typbasetype)),
               'not_null', t.typnotnull,
               'default_expression', coalesce(pg_get_expr(t.typdefaultbin, 0), t.typdefault),
               'checks', (select jsonb_agg(jsonb_build_object(
                                   'name', k.conname, 'definition', pg_get_constraintdef(k.oid),
                                   'validated', k.convalidated,
                                   'comment', obj_description(k.oid, 'pg_constraint')) order by k.conname)
                            from pg_constraint k where k.contypid = t.oid and k.contype = 'c'))
             else (select jsonb_build_object(
                            'subtype', format_type(r.rngsubtype, null),
                            'operator_class', (select format('%I.%I', cn.nspname, oc.opcname)
                                                 from pg_opclass oc
                                                 join pg_namespace cn on cn.oid = oc.opcnamespace
                                                where oc.oid = r.rngsubopc),
                            'collation', (select format('%I.%I', cn.nspname, o.collname)
                                            from pg_collation o
                                            join pg_namespace cn on cn.oid = o.collnamespace
                                           where o.oid = r.rngcollation
                                             and o.oid <> (select b.typcollation from pg_type b
                                                            where b.oid = r.rngsubtype)),
                            'canonical', nullif(r.rngcanonical::text, '-'),
                            'difference', nullif(r.rngsubdiff::text, '-'),
                            'multirange', (select m.typname from pg_type m where m.oid = r.rngmultitypid))
                     from pg_range r where r.rngtypid = t.oid)
           end)::text as body
  from pg_type t
  join pg_namespace n on n.oid = t.typnamespace
  left join pg_class c on c.oid = t.typrelid
 where t.typtype in ('e', 'd', 'r', 'c') and (t.typtype <> 'c' or c.relkind = 'c')
   and n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
   and t.oid not in (select objid from pg_depend
                      where refclassid = 'pg_extension'::regclass
                        and classid = 'pg_type'::regclass and deptype = 'e')
   and (select set_config('search_path', '', true)) is not null
