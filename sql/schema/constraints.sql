-- Which constraints do the tables have?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
-- Names are printed in full: the search path is empty for this one statement.
select k.oid::int8 as oid, ic.oid::int8 as relation,
       n.nspname::text as schema, c.relname::text as table, k.conname::text as name,
       case k.contype when 'p' then 'primary_key' when 'u' then 'unique' when 'c' then 'check'
                      when 'f' then 'foreign_key' else 'exclusion' end as kind,
       pg_get_constraintdef(k.oid) as definition,
       array(select coalesce((select a.attname::text from pg_attribute a
                               where a.attrelid = k.conrelid and a.attnum = o.num),
                             '(expression)')
               from unnest(k.conkey) o (num)) as columns,
       case when k.contype = 'f' then json_build_object(
           'table', json_build_object('schema', fn.nspname, 'name', f.relname),
           'columns', array(select (select a.attname from pg_attribute a
                                     where a.attrelid = k.confrelid and a.attnum = o.num)
                              from unnest(k.confkey) o (num)),
           'on_update', case k.confupdtype when 'a' then 'no action' when 'r' then 'restrict'
             when 'c' then 'cascade' when 'n' then 'set null' else 'set default' end,
           'on_delete', case k.confdeltype when 'a' then 'no action' when 'r' then 'restrict'
             when 'c' then 'cascade' when 'n' then 'set null' else 'set default' end,
           'match_full', k.confmatchtype = 'f') end as foreign_key,
       k.condeferrable as deferrable, k.condeferred as deferred, k.convalidated as validated,
       k.connoinherit and k.contype = 'c' as no_inherit, k.conislocal as local,
       k.coninhcount::int4 as inherited,
       case when pk.oid is not null then json_build_object(
                     'schema', pn.nspname, 'name', pc.relname) end as parent,
       ic.reloptions as index_options, coalesce(v.indisvalid, true) as index_valid,
       s.spcname::text as tablespace, x.description as comment
  from pg_constraint k
  join pg_class c on c.oid = k.conrelid
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_class f on f.oid = k.confrelid and k.contype = 'f'
  left join pg_namespace fn on fn.oid = f.relnamespace
  left join pg_constraint pk on pk.oid = k.conparentid
  left join pg_class pc on pc.oid = pk.conrelid
  left join pg_namespace pn on pn.oid = pc.relnamespace
  left join pg_class ic on ic.oid = k.conindid and k.contype in ('p', 'u', 'x')
  left join pg_index v on v.indexrelid = ic.oid
  left join pg_tablespace s on s.oid = ic.reltablespace
  left join pg_description x on x.classoid = 'pg_constraint'::regclass and x.objoid = k.oid
       and x.objsubid = 0
 where k.contype in ('p', 'u', 'c', 'f', 'x') and c.relpersistence <> 't'
   -- A key to a partitioned table has one more entry per partition it refers to.
   and (pk.oid is null or pk.conrelid <> k.conrelid)
   and n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
   and c.oid not in (select objid from pg_depend
                      where refclassid = 'pg_extension'::regclass
                        and classid = 'pg_class'::regclass and deptype = 'e')
   and (select set_config('search_path', '', true)) is not null
