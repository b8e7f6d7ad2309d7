-- How many objects are there that no other query of this folder reads?
-- since: 17
-- timeout: 30s
-- params: none
-- units: number of objects
-- Parts of other objects (column defaults, members of operator classes, tables in publications …)
-- are read with them. The last part is for kinds nobody thought of.
with extension_member as (
  select classid, objid from pg_depend where refclassid = 'pg_extension'::regclass and deptype = 'e'),
extension_table as (
  select objid as oid from extension_member where classid = 'pg_class'::regclass),
system_schema as (
  select oid from pg_namespace where nspname in ('pg_catalog', 'information_schema')),
found as (
  select 'index on a table of an extension' as kind, i.indexrelid as oid
    from pg_index i
   where i.indrelid in (select oid from extension_table) and i.indexrelid not in (select oid from extension_table)
     and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.conrelid = i.indrelid)
     and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = i.indexrelid
                        and d.deptype = 'e')
  union all
  select 'policy on a table of an extension', p.oid
    from pg_policy p where p.polrelid in (select oid from extension_table)
  union all
  select 'secret option of a user mapping, or options this role may not read', u.umid
    from pg_user_mappings u
   where u.umoptions is null
         and not (select o.rolsuper from pg_roles o where o.rolname = current_user)
         and not (u.usename = current_user and has_server_privilege(u.srvid, 'usage'))
         and not ((u.umuser = 0 or u.usename = current_user)
                  and (select pg_has_role(s.srvowner, 'usage') from pg_foreign_server s where s.oid = u.srvid))
      or exists (select from pg_options_to_table(u.umoptions) x
                  where x.option_name ~* '(pass|secret|token|key|cred)' and x.option_name <> 'password_required')
  union all
  select 'secret option of a foreign table or its columns', f.ftrelid
    from pg_foreign_table f
   where exists (select from pg_options_to_table(f.ftoptions) x
                  where x.option_name ~* '(pass|secret|token|key|cred)'
                    and x.option_name not in ('password_required', 'key'))
      or exists (select from pg_attribute a cross join lateral pg_options_to_table(a.attfdwoptions) x
                  where a.attrelid = f.ftrelid and x.option_name ~* '(pass|secret|token|key|cred)'
                    and x.option_name <> 'key')
  union all
  select 'secret among the settings of the database', s.setrole
    from pg_db_role_setting s
    cross join lateral unnest(s.setconfig) c
   where s.setdatabase = (select d.oid from pg_database d where d.datname = current_database())
     and split_part(c, '=', 1) ~* '(pass|secret|token|key|cred)' and c not like 'password_encryption=%'
  union all
  select 'large object', m.oid from pg_largeobject_metadata m
  union all
  select 'object in a schema of the system', x.oid
    from (select 'pg_class'::regclass as classid, c.oid, c.relnamespace as schema from pg_class c where c.relkind <> 'i'
          union all select 'pg_proc'::regclass, p.oid, p.pronamespace from pg_proc p) x
   where x.oid >= 16384 and x.schema in (select oid from system_schema)
     and (x.classid, x.oid) not in (select classid, objid from extension_member)
  union all
  select 'member added to an operator family of the system or an extension', m.oid
    from (select 'pg_amop'::regclass as classid, oid, amopfamily as family from pg_amop
          union all select 'pg_amproc'::regclass, oid, amprocfamily from pg_amproc) m
    join pg_depend d on d.classid = m.classid and d.objid = m.oid and d.refclassid = 'pg_opfamily'::regclass
   where m.oid >= 16384
     and (m.family < 16384 or m.family in (select objid from extension_member where classid = 'pg_opfamily'::regclass))
     and not exists (select from extension_member e where e.classid = m.classid and e.objid = m.oid)
  union all
  select 'object of catalog ' || d.classid::regclass, d.objid
    from pg_depend d
   where d.objid >= 16384
     and d.classid <> all (array['pg_am', 'pg_amop', 'pg_amproc', 'pg_attrdef', 'pg_cast', 'pg_class', 'pg_collation',
       'pg_constraint', 'pg_conversion', 'pg_default_acl', 'pg_event_trigger', 'pg_extension',
       'pg_foreign_data_wrapper', 'pg_foreign_server', 'pg_language', 'pg_namespace', 'pg_opclass', 'pg_operator',
       'pg_opfamily', 'pg_policy', 'pg_proc', 'pg_publication', 'pg_publication_namespace', 'pg_publication_rel',
       'pg_rewrite', 'pg_statistic_ext', 'pg_subscription', 'pg_transform', 'pg_trigger', 'pg_ts_config',
       'pg_ts_dict', 'pg_ts_parser', 'pg_ts_template', 'pg_type', 'pg_user_mapping']::regclass[]))
select kind, count(distinct oid)::int8 as objects
  from found
 group by kind
 order by kind
