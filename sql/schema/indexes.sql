-- Which indexes are there besides those of constraints?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
-- Names are printed in full: the search path is empty for this one statement.
select ic.oid::int8 as oid,
       n.nspname::text as schema, c.relname::text as table, ic.relname::text as name,
       pg_get_indexdef(ic.oid) as definition, m.amname::text as method,
       i.indisunique as unique, i.indisvalid as valid,
       array(select coalesce((select a.attname::text from pg_attribute a
                               where a.attrelid = i.indrelid and a.attnum = o.num and o.num <> 0),
                             '(expression)')
               from unnest(i.indkey) o (num)) as columns,
       case when p.oid is not null then json_build_object(
                     'schema', pn.nspname, 'name', p.relname) end as parent,
       s.spcname::text as tablespace,
       array(select a.attnum || '=' || a.attstattarget
               from pg_attribute a
              where a.attrelid = ic.oid and a.attstattarget >= 0 order by a.attnum) as statistics,
       x.description as comment
  from pg_index i
  join pg_class ic on ic.oid = i.indexrelid
  join pg_am m on m.oid = ic.relam
  join pg_class c on c.oid = i.indrelid
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_inherits h on h.inhrelid = ic.oid
  left join pg_class p on p.oid = h.inhparent
  left join pg_namespace pn on pn.oid = p.relnamespace
  left join pg_tablespace s on s.oid = ic.reltablespace
  left join pg_description x on x.classoid = 'pg_class'::regclass and x.objoid = ic.oid
       and x.objsubid = 0
 where c.relkind in ('r', 'p', 'm') and c.relpersistence <> 't'
   and ic.oid not in (select conindid from pg_constraint where contype in ('p', 'u', 'x'))
   and n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
   and c.oid not in (select objid from pg_depend
                      where refclassid = 'pg_extension'::regclass
                        and classid = 'pg_class'::regclass and deptype = 'e')
   and (select set_config('search_path', '', true)) is not null
