-- Which constraints do the tables have?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
-- Names are printed in full: the search path is empty for this one statement.
select k.oid::int8 as oid, ic.oid::int8 as relation,
       jsonb_build_object(
         'schema', n.nspname, 'table', c.relname, 'name', k.conname,
         'kind', case k.contype when 'p' then 'primary_key' when 'u' then 'unique' when 'c' then 'check'
                                when 'f' then 'foreign_key' else 'exclusion' end,
         'definition', pg_get_constraintdef(k.oid),
         'columns', (select jsonb_agg(a.attname order by o.n)
                       from unnest(k.conkey) with ordinality o (num, n)
                       join pg_attribute a on a.attrelid = k.conrelid and a.attnum = o.num),
         'foreign_key', case when k.contype = 'f' then jsonb_build_object(
           'table', jsonb_build_object('schema', fn.nspname, 'name', f.relname),
           'columns', (select jsonb_agg(a.attname order by o.n)
                         from unnest(k.confkey) with ordinality o (num, n)
                         join pg_attribute a on a.attrelid = k.confrelid and a.attnum = o.num),
           'on_update', case k.confupdtype when 'a' then 'no action' when 'r' then 'restrict'
             when 'c' then 'cascade' when 'n' then 'set null' else 'set default' end,
           'on_delete', case k.confdeltype when 'a' then 'no action' when 'r' then 'restrict'
             when 'c' then 'cascade' when 'n' then 'set null' else 'set default' end,
           'match_full', k.confmatchtype = 'f') end,
         'deferrable', k.condeferrable, 'deferred', k.condeferred, 'validated', k.convalidated,
         'no_inherit', k.connoinherit and k.contype = 'c', 'local', k.conislocal,
         'inherited', k.coninhcount,
         'parent', case when pk.oid is not null then jsonb_build_object(
                     'schema', pn.nspname, 'name', pc.relname) end,
         'index_options', ic.reloptions, 'tablespace', s.spcname,
         'comment', obj_description(k.oid, 'pg_constraint'))::text as body
  from pg_constraint k
  join pg_class c on c.oid = k.conrelid
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_class f on f.oid = k.confrelid and k.contype = 'f'
  left join pg_namespace fn on fn.oid = f.relnamespace
  left join pg_constraint pk on pk.oid = k.conparentid
  left join pg_class pc on pc.oid = pk.conrelid
  left join pg_namespace pn on pn.oid = pc.relnamespace
  left join pg_class ic on ic.oid = k.conindid and k.contype in ('p', 'u', 'x')
  left join pg_tablespace s on s.oid = ic.reltablespace
 where k.contype in ('p', 'u', 'c', 'f', 'x') and c.relpersistence <> 't'
   -- A key to a partitioned table has one more entry per partition it refers to.
   and (pk.oid is null or pk.conrelid <> k.conrelid)
   and n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
   and c.oid not in (select objid from pg_depend
                      where classid = 'pg_class'::regclass and deptype = 'e')
   and (select set_config('search_path', '', true)) is not null
