-- Which casts, operators, operator classes, conversions, transforms, languages and access methods did users make?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
-- Names are printed in full: the search path is empty for this one statement.
-- What a family holds beyond its classes is loose: it hangs on the family alone (deptype 'a').
with members as (
  select d.refclassid, d.refobjid, 1 as sort, m.amopstrategy::int4 as number,
         format_type(m.amoplefttype, null) as l, format_type(m.amoprighttype, null) as r,
         'OPERATOR' as what,
         m.amopopr::regoperator
           || case when m.amopsortfamily <> 0
                   then (select format(' FOR ORDER BY %I.%I', sn.nspname, sf.opfname)
                           from pg_opfamily sf join pg_namespace sn on sn.oid = sf.opfnamespace
                          where sf.oid = m.amopsortfamily) else '' end as value
    from pg_amop m
    join pg_depend d on d.classid = 'pg_amop'::regclass and d.objid = m.oid
         and d.refclassid in ('pg_opclass'::regclass, 'pg_opfamily'::regclass)
   where m.oid >= 16384
  union all
  select d.refclassid, d.refobjid, 2, m.amprocnum::int4,
         format_type(m.amproclefttype, null), format_type(m.amprocrighttype, null),
         'FUNCTION', m.amproc::regprocedure::text
    from pg_amproc m
    join pg_depend d on d.classid = 'pg_amproc'::regclass and d.objid = m.oid
         and d.refclassid in ('pg_opclass'::regclass, 'pg_opfamily'::regclass)
   where m.oid >= 16384),
families as (
  select f.oid, format('%I.%I USING %I', n.nspname, f.opfname, a.amname) as reference,
         n.nspname, f.opfname, a.amname, f.opfowner
    from pg_opfamily f
    join pg_namespace n on n.oid = f.opfnamespace
    join pg_am a on a.oid = f.opfmethod),
found as (
  select 'pg_cast' as catalog, c.oid, jsonb_build_object(
           'kind', 'CAST', 'path', array[format_type(c.castsource, null), format_type(c.casttarget, null)],
           'reference', format('CAST (%s AS %s)', format_type(c.castsource, null), format_type(c.casttarget, null)),
           'definition', format('CREATE CAST (%s AS %s) ', format_type(c.castsource, null), format_type(c.casttarget, null))
             || case c.castmethod when 'f' then 'WITH FUNCTION ' || c.castfunc::regprocedure
                                  when 'i' then 'WITH INOUT' else 'WITHOUT FUNCTION' end
             || case c.castcontext when 'a' then ' AS ASSIGNMENT' when 'i' then ' AS IMPLICIT' else '' end,
           'comment', obj_description(c.oid, 'pg_cast')) as body
    from pg_cast c
   where c.oid >= 16384
     and c.oid not in (select objid from pg_depend
                      where refclassid = 'pg_extension'::regclass
                        and classid = 'pg_cast'::regclass and deptype = 'e')
     -- That of a range to its multirange belongs to the type.
     and c.oid not in (select objid from pg_depend
                        where classid = 'pg_cast'::regclass and deptype = 'i')
  union all
  select 'pg_operator', o.oid, jsonb_build_object(
           'kind', 'OPERATOR',
           'path', array[n.nspname::text, format('%s(%s, %s)', o.oprname, l.name, r.name)],
           'reference', format('OPERATOR %I.%s (%s, %s)', n.nspname, o.oprname, l.name, r.name),
           'definition', format('CREATE OPERATOR %I.%s (', n.nspname, o.oprname)
             || concat_ws(', ', 'FUNCTION = ' || o.oprcode,
                  'LEFTARG = ' || case when o.oprleft <> 0 then l.name end, 'RIGHTARG = ' || r.name,
                  (select format('COMMUTATOR = OPERATOR(%I.%s)', cn.nspname, c.oprname)
                     from pg_operator c join pg_namespace cn on cn.oid = c.oprnamespace where c.oid = o.oprcom),
                  (select format('NEGATOR = OPERATOR(%I.%s)', cn.nspname, c.oprname)
                     from pg_operator c join pg_namespace cn on cn.oid = c.oprnamespace where c.oid = o.oprnegate),
                  'RESTRICT = ' || nullif(o.oprrest::text, '-'), 'JOIN = ' || nullif(o.oprjoin::text, '-'),
                  case when o.oprcanhash then 'HASHES' end, case when o.oprcanmerge then 'MERGES' end) || ')',
           'owner', pg_get_userbyid(o.oprowner), 'comment', obj_description(o.oid, 'pg_operator'))
    from pg_operator o
    join pg_namespace n on n.oid = o.oprnamespace
    cross join lateral (select coalesce(format_type(nullif(o.oprleft, 0), null), 'NONE') as name) l
    cross join lateral (select format_type(o.oprright, null) as name) r
   where o.oid >= 16384 and o.oprcode <> 0
     and o.oid not in (select objid from pg_depend
                      where refclassid = 'pg_extension'::regclass
                        and classid = 'pg_operator'::regclass and deptype = 'e')
  union all
  select 'pg_opfamily', f.oid, jsonb_build_object(
           'kind', 'OPERATOR_FAMILY', 'path', array[f.nspname::text, f.opfname::text, f.amname::text],
           'reference', 'OPERATOR FAMILY ' || f.reference,
           'definition', 'CREATE OPERATOR FAMILY ' || f.reference,
           'parts', (select jsonb_agg(jsonb_build_object(
               'name', format('%s %s (%s, %s)', lower(m.what), m.number, m.l, m.r), 'value', m.value,
               'add', format('ALTER OPERATOR FAMILY %s ADD %s %s %s', f.reference, m.what,
                             case m.sort when 1 then m.number::text
                                         else format('%s (%s, %s)', m.number, m.l, m.r) end, m.value),
               'drop', format('ALTER OPERATOR FAMILY %s DROP %s %s (%s, %s)', f.reference, m.what, m.number, m.l, m.r))
               order by m.sort, m.number, m.l, m.r)
              from members m where m.refclassid = 'pg_opfamily'::regclass and m.refobjid = f.oid),
           'owner', pg_get_userbyid(f.opfowner), 'comment', obj_description(f.oid, 'pg_opfamily'))
    from families f
   where f.oid >= 16384
     and f.oid not in (select objid from pg_depend
                      where refclassid = 'pg_extension'::regclass
                        and classid = 'pg_opfamily'::regclass and deptype = 'e')
  union all
  select 'pg_opclass', c.oid, jsonb_build_object(
           'kind', 'OPERATOR_CLASS', 'path', array[n.nspname::text, c.opcname::text, f.amname::text],
           'reference', format('OPERATOR CLASS %I.%I USING %I', n.nspname, c.opcname, f.amname),
           'definition', format('CREATE OPERATOR CLASS %I.%I %sFOR TYPE %s USING %I FAMILY %I.%I AS ',
                                n.nspname, c.opcname, case when c.opcdefault then 'DEFAULT ' else '' end,
                                format_type(c.opcintype, null), f.amname, f.nspname, f.opfname)
             || concat_ws(', ',
                  (select string_agg(format('%s %s %s', m.what,
                            case m.sort when 1 then m.number::text
                                        else format('%s (%s, %s)', m.number, m.l, m.r) end, m.value),
                            ', ' order by m.sort, m.number, m.l, m.r)
                     from members m where m.refclassid = 'pg_opclass'::regclass and m.refobjid = c.oid),
                  case when c.opckeytype <> 0 or not exists (
                         select from members m where m.refclassid = 'pg_opclass'::regclass and m.refobjid = c.oid)
                       then 'STORAGE ' || format_type(coalesce(nullif(c.opckeytype, 0), c.opcintype), null) end),
           'owner', pg_get_userbyid(c.opcowner), 'comment', obj_description(c.oid, 'pg_opclass'))
    from pg_opclass c
    join pg_namespace n on n.oid = c.opcnamespace
    join families f on f.oid = c.opcfamily
   where c.oid >= 16384
     and c.oid not in (select objid from pg_depend
                      where refclassid = 'pg_extension'::regclass
                        and classid = 'pg_opclass'::regclass and deptype = 'e')
  union all
  select 'pg_conversion', c.oid, jsonb_build_object(
           'kind', 'CONVERSION', 'path', array[n.nspname::text, c.conname::text],
           'reference', format('CONVERSION %I.%I', n.nspname, c.conname),
           'definition', format('CREATE %sCONVERSION %I.%I FOR %L TO %L FROM %s',
                                case when c.condefault then 'DEFAULT ' else '' end, n.nspname, c.conname,
                                pg_encoding_to_char(c.conforencoding), pg_encoding_to_char(c.contoencoding), c.conproc),
           'owner', pg_get_userbyid(c.conowner), 'comment', obj_description(c.oid, 'pg_conversion'))
    from pg_conversion c
    join pg_namespace n on n.oid = c.connamespace
   where c.oid >= 16384
     and c.oid not in (select objid from pg_depend
                      where refclassid = 'pg_extension'::regclass
                        and classid = 'pg_conversion'::regclass and deptype = 'e')
  union all
  select 'pg_transform', t.oid, jsonb_build_object(
           'kind', 'TRANSFORM', 'path', array[format_type(t.trftype, null), l.lanname::text],
           'reference', format('TRANSFORM FOR %s LANGUAGE %I', format_type(t.trftype, null), l.lanname),
           'definition', format('CREATE TRANSFORM FOR %s LANGUAGE %I (', format_type(t.trftype, null), l.lanname)
             || concat_ws(', ', 'FROM SQL WITH FUNCTION ' || nullif(t.trffromsql::regprocedure::text, '-'),
                          'TO SQL WITH FUNCTION ' || nullif(t.trftosql::regprocedure::text, '-')) || ')',
           'comment', obj_description(t.oid, 'pg_transform'))
    from pg_transform t
    join pg_language l on l.oid = t.trflang
   where t.oid not in (select objid from pg_depend
                      where refclassid = 'pg_extension'::regclass
                        and classid = 'pg_transform'::regclass and deptype = 'e')
  union all
  select 'pg_language', l.oid, jsonb_build_object(
           'kind', 'LANGUAGE', 'path', array[l.lanname::text], 'reference', format('LANGUAGE %I', l.lanname),
           'definition', format('CREATE %sLANGUAGE %I HANDLER %s', case when l.lanpltrusted then 'TRUSTED ' else '' end,
                                l.lanname, l.lanplcallfoid::regproc)
             || coalesce(' INLINE ' || nullif(l.laninline::regproc::text, '-'), '')
             || coalesce(' VALIDATOR ' || nullif(l.lanvalidator::regproc::text, '-'), ''),
           'owner', pg_get_userbyid(l.lanowner),
           'built_in', (select jsonb_agg(jsonb_build_object(
               'grantee', case when x.grantee = 0 then 'public' else pg_get_userbyid(x.grantee) end,
               'privilege', x.privilege_type, 'grantable', x.is_grantable,
               'by', case when x.grantor <> l.lanowner then pg_get_userbyid(x.grantor) end)) from aclexplode(acldefault('l', l.lanowner)) x),
           'grants', (select jsonb_agg(jsonb_build_object(
               'grantee', case when x.grantee = 0 then 'public' else pg_get_userbyid(x.grantee) end,
               'privilege', x.privilege_type, 'grantable', x.is_grantable,
               'by', case when x.grantor <> l.lanowner then pg_get_userbyid(x.grantor) end))
              from aclexplode(coalesce(l.lanacl, acldefault('l', l.lanowner))) x),
           'comment', obj_description(l.oid, 'pg_language'))
    from pg_language l
   where l.oid >= 16384
     and l.oid not in (select objid from pg_depend
                      where refclassid = 'pg_extension'::regclass
                        and classid = 'pg_language'::regclass and deptype = 'e')
  union all
  select 'pg_am', a.oid, jsonb_build_object(
           'kind', 'ACCESS_METHOD', 'path', array[a.amname::text], 'reference', format('ACCESS METHOD %I', a.amname),
           'definition', format('CREATE ACCESS METHOD %I TYPE %s HANDLER %s', a.amname,
                                case a.amtype when 't' then 'TABLE' else 'INDEX' end, a.amhandler),
           'comment', obj_description(a.oid, 'pg_am'))
    from pg_am a
   where a.oid >= 16384
     and a.oid not in (select objid from pg_depend
                      where refclassid = 'pg_extension'::regclass
                        and classid = 'pg_am'::regclass and deptype = 'e'))
select catalog, oid::int8 as oid, body::text as body
  from found
 where (select set_config('search_path', '', true)) is not null
