-- Which indexes are there besides those of constraints?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
-- Names are printed in full: the search path is empty for this one statement.
select ic.oid::int8 as oid,
       jsonb_build_object(
         'schema', n.nspname, 'table', c.relname, 'name', ic.relname,
         'definition', pg_get_indexdef(ic.oid), 'method', m.amname, 'unique', i.indisunique,
         'valid', i.indisvalid,
         'columns', (select jsonb_agg(coalesce(a.attname::text, '(expression)') order by o.n)
                       from unnest(i.indkey) with ordinality o (num, n)
                       left join pg_attribute a on a.attrelid = c.oid and a.attnum = o.num and o.num <> 0),
         'parent', case when p.oid is not null then jsonb_build_object(
                     'schema', pn.nspname, 'name', p.relname) end,
         'tablespace', s.spcname,
         'statistics', (select jsonb_agg(a.attnum || '=' || a.attstattarget order by a.attnum)
                          from pg_attribute a where a.attrelid = ic.oid and a.attstattarget >= 0),
         'comment', obj_description(ic.oid, 'pg_class'))::text as body
  from pg_index i
  join pg_class ic on ic.oid = i.indexrelid
  join pg_am m on m.oid = ic.relam
  join pg_class c on c.oid = i.indrelid
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_inherits h on h.inhrelid = ic.oid
  left join pg_class p on p.oid = h.inhparent
  left join pg_namespace pn on pn.oid = p.relnamespace
  left join pg_tablespace s on s.oid = ic.reltablespace
 where c.relkind in ('r', 'p', 'm') and c.relpersistence <> 't'
   and ic.oid not in (select conindid from pg_constraint where contype in ('p', 'u', 'x'))
   and n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
   and c.oid not in (select objid from pg_depend
                      where classid = 'pg_class'::regclass and deptype = 'e')
   and (select set_config('search_path', '', true)) is not null
