-- Lists the foreign keys that point at a table.
-- since: 13
-- timeout: 15s
-- params: schema_name text, table_name text
-- units: none
select k.conname as constraint_name,
       rn.nspname as from_schema,
       r.relname as from_table,
       k.confdeltype::text as delete_action,
       (select array_agg(a.attname::text order by o.place)
          from unnest(k.conkey) with ordinality as o (num, place)
          join pg_attribute as a on a.attrelid = k.conrelid and a.attnum = o.num) as from_columns,
       (select array_agg(a.attname::text order by o.place)
          from unnest(k.confkey) with ordinality as o (num, place)
          join pg_attribute as a on a.attrelid = k.confrelid and a.attnum = o.num) as to_columns
  from pg_constraint as k
  join pg_class as c on c.oid = k.confrelid
  join pg_namespace as n on n.oid = c.relnamespace
  join pg_class as r on r.oid = k.conrelid
  join pg_namespace as rn on rn.oid = r.relnamespace
 where k.contype = 'f' and k.conparentid = 0
   and n.nspname = :schema_name and c.relname = :table_name
 order by k.conname
