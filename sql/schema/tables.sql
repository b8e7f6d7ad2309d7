-- Which tables are there, how are they stored, partitioned and protected?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
-- Names are printed in full: the search path is empty for this one statement.
-- Options of foreign tables whose name sounds like a secret are named, never read out.
-- Rights are written out once per distinct list of them: thousands of tables share a few.
with wanted as materialized (
  select c.*, coalesce(c.relacl, acldefault('r', c.relowner)) as acl
    from pg_class c
   where c.relkind in ('r', 'p', 'f') and c.relpersistence <> 't'
     and c.oid not in (select objid from pg_depend
                        where refclassid = 'pg_extension'::regclass
                          and classid = 'pg_class'::regclass and deptype = 'e')
     and (select set_config('search_path', '', true)) is not null),
rights as materialized (
  select d.acl, d.relowner, (select json_agg(json_build_object(
             'grantee', case when x.grantee = 0 then 'public' else pg_get_userbyid(x.grantee) end,
             'privilege', x.privilege_type, 'grantable', x.is_grantable,
             'by', case when x.grantor <> d.relowner then pg_get_userbyid(x.grantor) end))
            from aclexplode(d.acl) x) as grants
    from (select distinct acl, relowner from wanted) d)
select c.oid::int8 as oid, n.nspname::text as schema, c.relname::text as name,
       case c.relkind when 'r' then 'table' when 'p' then 'partitioned' else 'foreign' end as kind,
       c.relpersistence = 'u' as unlogged,
       array(select a.attname::text from pg_attribute a
              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
              order by a.attnum) as columns,
       case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end as partition_key,
       pg_get_expr(c.relpartbound, c.oid) as partition_bound,
       (select json_agg(json_build_object('schema', pn.nspname, 'name', p.relname)
                        order by i.inhseqno)
          from pg_inherits i
          join pg_class p on p.oid = i.inhparent
          join pg_namespace pn on pn.oid = p.relnamespace
         where i.inhrelid = c.oid and not i.inhdetachpending) as parents,
       case when c.reloftype <> 0 then format_type(c.reloftype, null) end as of_type,
       m.amname::text as access_method, s.spcname::text as tablespace,
       c.reloptions || array(select 'toast.' || o from unnest(t.reloptions) o) as options,
       case when c.relkind = 'f' or c.relreplident = 'd' then 'default'
            else case c.relreplident when 'n' then 'nothing' when 'f' then 'full'
                                     else 'index' end end as replica_identity,
       ri.relname::text as replica_index, ci.relname::text as clustered_on,
       c.relrowsecurity as row_security, c.relforcerowsecurity as force_row_security,
       fs.srvname::text as server,
       case when c.relkind = 'f' then array(
         select o.option_name || case when o.option_name ~* '(pass|secret|token|key|cred)'
                                       and o.option_name not in ('password_required', 'key') then ''
                                      else '=' || coalesce(o.option_value, '') end
           from pg_options_to_table(ft.ftoptions) o) end as server_options,
       pg_get_userbyid(c.relowner) as owner, r.grants, x.description as comment
  from wanted c
  join pg_namespace n on n.oid = c.relnamespace
  join rights r on r.acl = c.acl and r.relowner = c.relowner
  left join pg_am m on m.oid = c.relam
  left join pg_tablespace s on s.oid = c.reltablespace
  left join pg_class t on t.oid = c.reltoastrelid
  left join pg_index rx on rx.indrelid = c.oid and rx.indisreplident
  left join pg_class ri on ri.oid = rx.indexrelid
  left join pg_index cx on cx.indrelid = c.oid and cx.indisclustered
  left join pg_class ci on ci.oid = cx.indexrelid
  left join pg_foreign_table ft on ft.ftrelid = c.oid
  left join pg_foreign_server fs on fs.oid = ft.ftserver
  left join pg_description x on x.classoid = 'pg_class'::regclass and x.objoid = c.oid
       and x.objsubid = 0
 where n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
