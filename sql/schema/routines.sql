-- Which functions, procedures and aggregates did users make?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
-- Names are printed in full: the search path is empty for this one statement.
select p.oid::int8 as oid,
       jsonb_build_object(
         'schema', n.nspname, 'name', p.proname, 'arguments', oidvectortypes(p.proargtypes),
         'kind', case p.prokind when 'f' then 'function' when 'p' then 'procedure'
                                when 'w' then 'window' else 'aggregate' end,
         'signature', pg_get_function_identity_arguments(p.oid), 'defaults', p.pronargdefaults,
         'result', pg_get_function_result(p.oid), 'language', l.lanname,
         'volatility', case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end,
         'parallel', case p.proparallel when 's' then 'safe' when 'r' then 'restricted' else 'unsafe' end,
         'strict', p.proisstrict, 'security_definer', p.prosecdef, 'leakproof', p.proleakproof,
         'settings', p.proconfig,
         'definition', case when p.prokind <> 'a' then pg_get_functiondef(p.oid) else
           format('CREATE OR REPLACE AGGREGATE %I.%I(%s) (', n.nspname, p.proname,
                  case when p.pronargs = 0 then '*' else pg_get_function_arguments(p.oid) end)
           || concat_ws(', ', 'SFUNC = ' || a.aggtransfn::regproc,
                'STYPE = ' || format_type(a.aggtranstype, null),
                'SSPACE = ' || nullif(a.aggtransspace, 0),
                'FINALFUNC = ' || nullif(a.aggfinalfn::text, '-'),
                case when a.aggfinalextra then 'FINALFUNC_EXTRA' end,
                case when a.aggfinalfn <> 0 then 'FINALFUNC_MODIFY = '
                  || case a.aggfinalmodify when 'r' then 'READ_ONLY' when 's' then 'SHAREABLE'
                                           else 'READ_WRITE' end end,
                'COMBINEFUNC = ' || nullif(a.aggcombinefn::text, '-'),
                'SERIALFUNC = ' || nullif(a.aggserialfn::text, '-'),
                'DESERIALFUNC = ' || nullif(a.aggdeserialfn::text, '-'),
                'INITCOND = ' || quote_literal(a.agginitval),
                'MSFUNC = ' || nullif(a.aggmtransfn::text, '-'),
                'MINVFUNC = ' || nullif(a.aggminvtransfn::text, '-'),
                'MSTYPE = ' || case when a.aggmtranstype <> 0 then format_type(a.aggmtranstype, null) end,
                'MSSPACE = ' || nullif(a.aggmtransspace, 0),
                'MFINALFUNC = ' || nullif(a.aggmfinalfn::text, '-'),
                case when a.aggmfinalextra then 'MFINALFUNC_EXTRA' end,
                case when a.aggmfinalfn <> 0 then 'MFINALFUNC_MODIFY = '
                  || case a.aggmfinalmodify when 'r' then 'READ_ONLY' when 's' then 'SHAREABLE'
                                            else 'READ_WRITE' end end,
                'MINITCOND = ' || quote_literal(a.aggminitval),
                (select 'SORTOP = OPERATOR(' || quote_ident(sn.nspname) || '.' || o.oprname || ')'
                   from pg_operator o join pg_namespace sn on sn.oid = o.oprnamespace
                  where o.oid = a.aggsortop),
                'PARALLEL = ' || case p.proparallel when 's' then 'SAFE' when 'r' then 'RESTRICTED' end,
                case when a.aggkind = 'h' then 'HYPOTHETICAL' end)
           || ')' end,
         'owner', pg_get_userbyid(p.proowner),
         'grants', (select jsonb_agg(jsonb_build_object(
             'grantee', case when x.grantee = 0 then 'public' else pg_get_userbyid(x.grantee) end,
             'privilege', x.privilege_type, 'grantable', x.is_grantable,
             'by', case when x.grantor <> p.proowner then pg_get_userbyid(x.grantor) end))
            from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x),
         'comment', obj_description(p.oid, 'pg_proc'))::text as body
  from pg_proc p
  join pg_namespace n on n.oid = p.pronamespace
  join pg_language l on l.oid = p.prolang
  left join pg_aggregate a on a.aggfnoid = p.oid
 where n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
   and p.oid not in (select objid from pg_depend
                      where refclassid = 'pg_extension'::regclass
                        and classid = 'pg_proc'::regclass and deptype = 'e')
   -- The constructors of range types belong to their types.
   and p.oid not in (select objid from pg_depend
                      where classid = 'pg_proc'::regclass and refclassid = 'pg_type'::regclass
                        and deptype = 'i')
   and (select set_config('search_path', '', true)) is not null
