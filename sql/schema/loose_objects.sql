-- Which event triggers, subscriptions, base types and security labels are there?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
-- Names are printed in full: the search path is empty for this one statement.
-- Where a subscription connects to is kept from ordinary roles, and its secret from everyone.
with found as (
  select 'pg_event_trigger' as catalog, e.oid, jsonb_build_object(
           'kind', 'EVENT_TRIGGER', 'path', array[e.evtname::text],
           'reference', format('EVENT TRIGGER %I', e.evtname),
           'definition', format('CREATE EVENT TRIGGER %I ON %s', e.evtname, e.evtevent)
             || coalesce((select ' WHEN TAG IN (' || string_agg(quote_literal(t), ', ' order by t) || ')'
                            from unnest(e.evttags) t), '')
             || ' EXECUTE FUNCTION ' || e.evtfoid::regproc || '()',
           'parts', case when e.evtenabled <> 'O' then jsonb_build_array(jsonb_build_object(
               'name', 'enabled', 'value', m.mode, 'add', format('ALTER EVENT TRIGGER %I %s', e.evtname, m.mode),
               'drop', format('ALTER EVENT TRIGGER %I ENABLE', e.evtname))) end,
           'owner', pg_get_userbyid(e.evtowner), 'comment', obj_description(e.oid, 'pg_event_trigger')) as body
    from pg_event_trigger e
    cross join lateral (select case e.evtenabled when 'D' then 'DISABLE' when 'R' then 'ENABLE REPLICA'
                                                 else 'ENABLE ALWAYS' end as mode) m
   where e.oid not in (select objid from pg_depend
                      where refclassid = 'pg_extension'::regclass
                        and classid = 'pg_event_trigger'::regclass and deptype = 'e')
  union all
  select 'pg_subscription', s.oid, jsonb_build_object(
           'kind', 'SUBSCRIPTION', 'path', array[s.subname::text], 'reference', format('SUBSCRIPTION %I', s.subname),
           'definition', format('publications %s, enabled %s, binary %s, stream %s, two phase %s, disable on error %s,'
                                ' password required %s, run as owner %s, origin %s, failover %s, slot %s, commit %s',
                                s.subpublications, s.subenabled, s.subbinary, s.substream, s.subtwophasestate,
                                s.subdisableonerr, s.subpasswordrequired, s.subrunasowner, s.suborigin,
                                s.subfailover, s.subslotname, s.subsynccommit),
           'by_hand', true, 'owner', pg_get_userbyid(s.subowner), 'comment', obj_description(s.oid, 'pg_subscription'))
    from pg_subscription s
   where s.subdbid = (select d.oid from pg_database d where d.datname = current_database())
  union all
  select 'pg_type', t.oid, jsonb_build_object(
           'kind', 'TYPE', 'path', array[n.nspname::text, t.typname::text],
           'reference', format('TYPE %I.%I', n.nspname, t.typname),
           'definition', case when t.typisdefined then
               format('input %s, output %s, receive %s, send %s, modifiers %s %s, analyze %s, subscript %s, length %s, by'
                      ' value %s, alignment %s, storage %s, category %s, preferred %s, delimiter %s, element %s,'
                      ' collation %s, default %L',
                      t.typinput, t.typoutput, t.typreceive, t.typsend, t.typmodin, t.typmodout, t.typanalyze,
                      t.typsubscript, t.typlen, t.typbyval, t.typalign, t.typstorage, t.typcategory, t.typispreferred,
                      t.typdelim, format_type(t.typelem, null), t.typcollation::regcollation, t.typdefault)
             else 'only a name' end,
           'by_hand', true, 'owner', pg_get_userbyid(t.typowner),
           'built_in', (select jsonb_agg(jsonb_build_object(
               'grantee', case when x.grantee = 0 then 'public' else pg_get_userbyid(x.grantee) end,
               'privilege', x.privilege_type, 'grantable', x.is_grantable,
               'by', case when x.grantor <> t.typowner then pg_get_userbyid(x.grantor) end)) from aclexplode(acldefault('T', t.typowner)) x),
           'grants', (select jsonb_agg(jsonb_build_object(
               'grantee', case when x.grantee = 0 then 'public' else pg_get_userbyid(x.grantee) end,
               'privilege', x.privilege_type, 'grantable', x.is_grantable,
               'by', case when x.grantor <> t.typowner then pg_get_userbyid(x.grantor) end))
              from aclexplode(coalesce(t.typacl, acldefault('T', t.typowner))) x),
           'comment', obj_description(t.oid, 'pg_type'))
    from pg_type t
    join pg_namespace n on n.oid = t.typnamespace
   where t.oid >= 16384 and t.typtype in ('b', 'p')
     and n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
     and not exists (select from pg_type e where e.typarray = t.oid)
     and t.oid not in (select objid from pg_depend
                      where refclassid = 'pg_extension'::regclass
                        and classid = 'pg_type'::regclass and deptype = 'e')
  union all
  select 'pg_seclabel', l.objoid, jsonb_build_object(
           'kind', 'SECURITY_LABEL',
           'path', array[l.provider, l.objtype, case when l.objtype = 'database' then '' else l.objname end],
           'reference', 'SECURITY LABEL', 'definition', l.label, 'by_hand', true)
    from pg_seclabels l
   where l.objtype not in ('role', 'tablespace', 'database', 'large object')
      or l.objtype = 'database' and l.objname = quote_ident(current_database()))
select catalog, oid::int8 as oid, body::text as body
  from found
 where (select set_config('search_path', '', true)) is not null
