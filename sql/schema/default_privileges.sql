-- Which privileges will objects made later have?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
select d.oid::int8 as oid,
       jsonb_build_object(
         'role', pg_get_userbyid(d.defaclrole), 'schema', n.nspname,
         'kind', case d.defaclobjtype when 'r' then 'TABLES' when 'S' then 'SEQUENCES'
                                      when 'f' then 'FUNCTIONS' when 'T' then 'TYPES' else 'SCHEMAS' end,
         -- Without a schema the entry replaces the built-in rights, within one it adds to them.
         'built_in', case when d.defaclnamespace = 0 then (select jsonb_agg(jsonb_build_object(
             'grantee', case when x.grantee = 0 then 'public' else pg_get_userbyid(x.grantee) end,
             'privilege', x.privilege_type, 'grantable', x.is_grantable,
             'by', case when x.grantor <> d.defaclrole then pg_get_userbyid(x.grantor) end))
            from aclexplode(acldefault(case d.defaclobjtype when 'S' then 's' else d.defaclobjtype end, d.defaclrole)) x) end,
         'grants', (select jsonb_agg(jsonb_build_object(
             'grantee', case when x.grantee = 0 then 'public' else pg_get_userbyid(x.grantee) end,
             'privilege', x.privilege_type, 'grantable', x.is_grantable,
             'by', case when x.grantor <> d.defaclrole then pg_get_userbyid(x.grantor) end))
            from aclexplode(d.defaclacl) x))::text as body
  from pg_default_acl d
  left join pg_namespace n on n.oid = d.defaclnamespace
