-- Which foreign keys are there, on which columns, compared how?
-- since: 16
-- timeout: 30s
-- params: none
-- units: parent_changes deletes and updates since the statistics began
-- attributes, operators, collations: one entry a column, as the constraint lists them.
select c.oid::int8 as constraint_oid, c.conname::text as constraint_name,
       c.conrelid::int8 as table_oid,
       ps.nspname::text as parent_schema, p.relname::text as parent_table,
       pg_catalog.pg_stat_get_tuples_deleted(p.oid)
         + pg_catalog.pg_stat_get_tuples_updated(p.oid) as parent_changes,
       -- A foreign key of a partition points to that of its partitioned table; the copies made for
       -- partitions of the *referenced* table sit on the same table and count as the same key.
       case when up.conrelid <> c.conrelid then up.oid::int8 end as parent_constraint_oid,
       coalesce(up.conrelid = c.conrelid, false) as is_copy,
       array_to_string(c.conkey, ' ') as attributes,
       array_to_string(c.conpfeqop, ' ') as operators,
       k.collations, k.quoted_columns
  from pg_catalog.pg_constraint c
  join pg_catalog.pg_class p on p.oid = c.confrelid
  join pg_catalog.pg_namespace ps on ps.oid = p.relnamespace
  left join pg_catalog.pg_constraint up on up.oid = c.conparentid
 cross join lateral (
       select string_agg(a.attcollation::text, ' ' order by u.place) as collations,
              array_agg(quote_ident(a.attname) order by u.place) as quoted_columns
         from unnest(c.conkey) with ordinality u(att, place)
         join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and a.attnum = u.att) k
 where c.contype = 'f'
 order by c.oid
