-- Which foreign data wrappers, foreign servers and user mappings are there?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
-- Names are printed in full: the search path is empty for this one statement.
-- Options whose name sounds like a secret are named, never read out.
with found as (
  select 'pg_foreign_data_wrapper' as catalog, w.oid, 'FOREIGN_DATA_WRAPPER' as kind, array[w.fdwname::text] as path,
         format('FOREIGN DATA WRAPPER %I', w.fdwname) as reference,
         format('CREATE FOREIGN DATA WRAPPER %I', w.fdwname)
           || coalesce(' HANDLER ' || nullif(w.fdwhandler::regproc::text, '-'), '')
           || coalesce(' VALIDATOR ' || nullif(w.fdwvalidator::regproc::text, '-'), '') as definition,
         w.fdwoptions as options, w.fdwowner as owner, acldefault('F', w.fdwowner) as built_in, w.fdwacl as acl,
         obj_description(w.oid, 'pg_foreign_data_wrapper') as comment
    from pg_foreign_data_wrapper w
   where w.oid not in (select objid from pg_depend
                      where refclassid = 'pg_extension'::regclass
                        and classid = 'pg_foreign_data_wrapper'::regclass and deptype = 'e')
  union all
  select 'pg_foreign_server', s.oid, 'SERVER', array[s.srvname::text], format('SERVER %I', s.srvname),
         format('CREATE SERVER %I%s%s FOREIGN DATA WRAPPER %I', s.srvname, ' TYPE ' || quote_literal(s.srvtype),
                ' VERSION ' || quote_literal(s.srvversion), w.fdwname),
         s.srvoptions, s.srvowner, acldefault('S', s.srvowner), s.srvacl,
         obj_description(s.oid, 'pg_foreign_server')
    from pg_foreign_server s
    join pg_foreign_data_wrapper w on w.oid = s.srvfdw
   where s.oid not in (select objid from pg_depend
                      where refclassid = 'pg_extension'::regclass
                        and classid = 'pg_foreign_server'::regclass and deptype = 'e')
  union all
  select 'pg_user_mapping', u.umid, 'USER_MAPPING', array[u.srvname::text, u.usename::text],
         format('USER MAPPING FOR %s SERVER %I', r.name, u.srvname),
         format('CREATE USER MAPPING FOR %s SERVER %I', r.name, u.srvname),
         case when a.readable then u.umoptions else array['options=may not be read by this role'] end,
         null, null, null, null
    from pg_user_mappings u
    join pg_foreign_server s on s.oid = u.srvid
    -- As the view itself decides it.
    cross join lateral (select u.umoptions is not null
         or (u.umuser = 0 or u.usename = current_user) and pg_has_role(s.srvowner, 'usage')
         or u.usename = current_user and has_server_privilege(s.oid, 'usage')
         or (select o.rolsuper from pg_roles o where o.rolname = current_user) as readable) a
    cross join lateral (select case when u.umuser = 0 then 'PUBLIC' else quote_ident(u.usename) end as name) r)
select f.catalog, f.oid::int8 as oid, jsonb_build_object(
         'kind', f.kind, 'path', f.path, 'reference', f.reference, 'definition', f.definition,
         'parts', (select jsonb_agg(jsonb_build_object(
             'name', 'option ' || o.option_name,
             'value', case when o.secret then 'not read here' else o.option_value end,
             'add', case when not o.secret then
               format('ALTER %s OPTIONS (ADD %I %L)', f.reference, o.option_name, o.option_value) end,
             'drop', format('ALTER %s OPTIONS (DROP %I)', f.reference, o.option_name)) order by o.option_name)
            from (select x.*, (x.option_name ~* '(pass|secret|token|key|cred)' or x.option_name = 'options'
                                  and x.option_value = 'may not be read by this role')
                              and x.option_name not in ('password_required', 'keep_connections', 'keepalives')
                         as secret
                    from pg_options_to_table(f.options) x) o),
         'owner', pg_get_userbyid(f.owner),
         'built_in', (select jsonb_agg(jsonb_build_object(
             'grantee', case when x.grantee = 0 then 'public' else pg_get_userbyid(x.grantee) end,
             'privilege', x.privilege_type, 'grantable', x.is_grantable,
             'by', case when x.grantor <> f.owner then pg_get_userbyid(x.grantor) end)) from aclexplode(f.built_in) x),
         'grants', (select jsonb_agg(jsonb_build_object(
             'grantee', case when x.grantee = 0 then 'public' else pg_get_userbyid(x.grantee) end,
             'privilege', x.privilege_type, 'grantable', x.is_grantable,
             'by', case when x.grantor <> f.owner then pg_get_userbyid(x.grantor) end))
            from aclexplode(coalesce(f.acl, f.built_in)) x),
         'comment', f.comment)::text as body
  from found f
 where (select set_config('search_path', '', true)) is not null
