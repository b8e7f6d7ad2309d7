-- Which tables are there, how are they stored, partitioned and protected?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
-- Names are printed in full: the search path is empty for this one statement.
select c.oid::int8 as oid,
       jsonb_build_object(
         'schema', n.nspname, 'name', c.relname,
         'kind', case c.relkind when 'r' then 'table' when 'p' then 'partitioned' else 'foreign' end,
         'unlogged', c.relpersistence = 'u',
         'columns', (select jsonb_agg(a.attname order by a.attnum) from pg_attribute a
                      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
         'partition_key', case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end,
         'partition_bound', pg_get_expr(c.relpartbound, c.oid),
         'parents', case when c.relispartition or exists (select from pg_inherits h where h.inhrelid = c.oid)
           then (select jsonb_agg(jsonb_build_object('schema', pn.nspname, 'name', p.relname)
                                  order by i.inhseqno)
                   from pg_inherits i
                   join pg_class p on p.oid = i.inhparent
                   join pg_namespace pn on pn.oid = p.relnamespace
                  where i.inhrelid = c.oid and not i.inhdetachpending) end,
         'of_type', case when c.reloftype <> 0 then format_type(c.reloftype, null) end,
         'access_method', m.amname, 'tablespace', s.spcname,
         'options', to_jsonb(coalesce(c.reloptions, '{}'))
           || to_jsonb(array(select 'toast.' || o from unnest(t.reloptions) o)),
         'replica_identity', case case c.relkind when 'f' then 'd' else c.relreplident end when 'd' then 'default' when 'n' then 'nothing'
                                                 when 'f' then 'full' else 'index' end,
         'replica_index', ri.relname, 'clustered_on', ci.relname,
         'row_security', c.relrowsecurity, 'force_row_security', c.relforcerowsecurity,
         'server', fs.srvname, 'server_options', ft.ftoptions,
         'owner', pg_get_userbyid(c.relowner),
         'grants', (select jsonb_agg(jsonb_build_object(
             'grantee', case when x.grantee = 0 then 'public' else pg_get_userbyid(x.grantee) end,
             'privilege', x.privilege_type, 'grantable', x.is_grantable))
            from aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) x),
         'comment', obj_description(c.oid, 'pg_class'))::text as body
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_am m on m.oid = c.relam
  left join pg_tablespace s on s.oid = c.reltablespace
  left join pg_class t on t.oid = c.reltoastrelid
  left join pg_index rx on rx.indrelid = c.oid and rx.indisreplident
  left join pg_class ri on ri.oid = rx.indexrelid
  left join pg_index cx on cx.indrelid = c.oid and cx.indisclustered
  left join pg_class ci on ci.oid = cx.indexrelid
  left join pg_foreign_table ft on ft.ftrelid = c.oid
  left join pg_foreign_server fs on fs.oid = ft.ftserver
 where c.relkind in ('r', 'p', 'f') and c.relpersistence <> 't'
   and n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
   and c.oid not in (select objid from pg_depend
                      where classid = 'pg_class'::regclass and deptype = 'e')
   and (select set_config('search_path', '', true)) is not null
