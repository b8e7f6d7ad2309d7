-- What is set on the database itself?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
-- Settings whose name sounds like a secret are named, never read out.
-- Settings of a role everywhere, its rights and its memberships belong to the server.
select d.oid::int8 as oid, jsonb_build_object(
         'encoding', pg_encoding_to_char(d.encoding),
         'provider', case d.datlocprovider when 'c' then 'libc' when 'i' then 'icu' else 'builtin' end,
         'collate', d.datcollate, 'ctype', d.datctype, 'locale', d.datlocale, 'rules', d.daticurules,
         'connection_limit', d.datconnlimit, 'tablespace', t.spcname, 'template', d.datistemplate,
         'settings', (select jsonb_agg(jsonb_build_object(
             'role', r.rolname, 'name', split_part(c, '=', 1),
             'value', case when split_part(c, '=', 1) !~* '(pass|secret|token|key|cred)'
                                or c like 'password_encryption=%' then substr(c, strpos(c, '=') + 1) end)
             order by r.rolname nulls first, c)
            from pg_db_role_setting s
            left join pg_roles r on r.oid = s.setrole
            cross join lateral unnest(s.setconfig) c
           where s.setdatabase = d.oid),
         -- What the server brings along is alike in every database of a version, until somebody alters it.
         'system', (
           select md5(string_agg(x.line, E'\n' order by x.line collate "C"))
             from (select concat_ws(' ', 'comment', classoid::regclass,
                                    case when objoid < 12000 then objoid::text
                                         else pg_describe_object(classoid, objoid, objsubid) end,
                                    objsubid, description) as line
                     from pg_description
                    -- Collations of the operating system were noted when the server was set up.
                    where objoid < 16384 and (objoid < 12000 or classoid <> 'pg_collation'::regclass)
                   union all
                   select concat_ws(' ', 'function', p.oid, p.proname, p.proowner, p.procost, p.prorows, p.prosecdef,
                                    p.proleakproof, p.proisstrict, p.provolatile, p.proparallel, p.proconfig, p.prosrc)
                     from pg_proc p where p.oid < 12000
                   union all
                   select concat_ws(' ', 'view', c.relname, pg_get_viewdef(c.oid))
                     from pg_class c
                    where c.relnamespace = 'information_schema'::regnamespace and c.relkind = 'v'
                          and c.oid < 16384) x),
         'owner', pg_get_userbyid(d.datdba),
         'grants', (select jsonb_agg(jsonb_build_object(
             'grantee', case when x.grantee = 0 then 'public' else pg_get_userbyid(x.grantee) end,
             'privilege', x.privilege_type, 'grantable', x.is_grantable,
             'by', case when x.grantor <> d.datdba then pg_get_userbyid(x.grantor) end))
            from aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) x),
         'comment', shobj_description(d.oid, 'pg_database'))::text as body
  from pg_database d
  join pg_tablespace t on t.oid = d.dattablespace
 where d.datname = current_database()
   and (select set_config('search_path', '', true)) is not null
