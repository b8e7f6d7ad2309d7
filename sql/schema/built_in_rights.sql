-- Which rights on objects of the system or of an extension differ from those they came with?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
-- Names are printed in full: the search path is empty for this one statement.
with held as (
  select 'pg_proc'::regclass as classid, p.oid, 0 as sub, p.proacl as acl, 'f' as kind, p.proowner as owner,
         'ROUTINE ' || p.oid::regprocedure as reference, null::text as on_column, p.pronamespace as schema
    from pg_proc p where p.proacl is not null
  union all
  select 'pg_class'::regclass, c.oid, 0, c.relacl, case c.relkind when 'S' then 's' else 'r' end, c.relowner,
         case c.relkind when 'S' then 'SEQUENCE ' else 'TABLE ' end || c.oid::regclass, null, c.relnamespace
    from pg_class c where c.relacl is not null
  union all
  select 'pg_class'::regclass, c.oid, a.attnum, a.attacl, 'c', c.relowner, 'TABLE ' || c.oid::regclass,
         a.attname, c.relnamespace
    from pg_attribute a join pg_class c on c.oid = a.attrelid where a.attacl is not null
  union all
  select 'pg_type'::regclass, t.oid, 0, t.typacl, 'T', t.typowner, 'TYPE ' || format_type(t.oid, null), null, t.typnamespace
    from pg_type t where t.typacl is not null
  union all
  select 'pg_namespace'::regclass, n.oid, 0, n.nspacl, 'n', n.nspowner, 'SCHEMA ' || n.oid::regnamespace, null, n.oid
    from pg_namespace n where n.nspacl is not null and n.nspname !~ '^pg_(temp|toast)'
  union all
  select 'pg_language'::regclass, l.oid, 0, l.lanacl, 'l', l.lanowner, 'LANGUAGE ' || quote_ident(l.lanname), null, 0
    from pg_language l where l.lanacl is not null
  union all
  select 'pg_foreign_data_wrapper'::regclass, w.oid, 0, w.fdwacl, 'F', w.fdwowner,
         'FOREIGN DATA WRAPPER ' || quote_ident(w.fdwname), null, 0
    from pg_foreign_data_wrapper w where w.fdwacl is not null),
compared as (
  -- What initdb grants on the information schema is noted nowhere; its script is this short.
  select h.*, coalesce(i.initprivs, acldefault(h.kind::"char", h.owner)
             || case when h.oid >= 16384 or h.sub > 0 then '{}'
                     when h.oid = 'information_schema'::regnamespace
                       then array[makeaclitem(0, h.owner, 'USAGE', false)]
                     when h.schema = 'information_schema'::regnamespace and h.kind = 'r'
                          and (select c.relname not like '\_pg%' from pg_class c where c.oid = h.oid)
                       then array[makeaclitem(0, h.owner, 'SELECT', false)]
                     else '{}' end) as built_in,
         (select e.extname from pg_depend d join pg_extension e on e.oid = d.refobjid
           where d.refclassid = 'pg_extension'::regclass and d.deptype = 'e'
             and d.classid = h.classid and d.objid = h.oid) as extension
    from held h
    left join pg_init_privs i on i.classoid = h.classid and i.objoid = h.oid and i.objsubid = h.sub)
select oid::int8 as oid, jsonb_build_object(
         'object', reference, 'column', on_column, 'extension', extension,
         'built_in', (select jsonb_agg(jsonb_build_object(
             'grantee', case when x.grantee = 0 then 'public' else pg_get_userbyid(x.grantee) end,
             'privilege', x.privilege_type, 'grantable', x.is_grantable,
             'by', case when x.grantor <> owner then pg_get_userbyid(x.grantor) end)) from aclexplode(built_in) x),
         'grants', (select jsonb_agg(jsonb_build_object(
             'grantee', case when x.grantee = 0 then 'public' else pg_get_userbyid(x.grantee) end,
             'privilege', x.privilege_type, 'grantable', x.is_grantable,
             'by', case when x.grantor <> owner then pg_get_userbyid(x.grantor) end)) from aclexplode(acl) x))::text as body
  from compared
 where (extension is not null or oid < 16384
        and not (classid = 'pg_namespace'::regclass
                 and oid = (select n.oid from pg_namespace n where n.nspname = 'public')))
   and not (acl @> built_in and acl <@ built_in)
   and (select set_config('search_path', '', true)) is not null
