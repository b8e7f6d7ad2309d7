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
         'owner', pg_get_userbyid(d.datdba),
         'grants', (select jsonb_agg(jsonb_build_object(
             'grantee', case when x.grantee = 0 then 'public' else pg_get_userbyid(x.grantee) end,
             'privilege', x.privilege_type, 'grantable', x.is_grantable))
            from aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) x),
         'comment', shobj_description(d.oid, 'pg_database'))::text as body
  from pg_database d
  join pg_tablespace t on t.oid = d.dattablespace
 where d.datname = current_database()
