-- How do the foreign keys that refer to these unique indexes come to refer to the primary key instead?
-- since: 15
-- timeout: 10s
-- params: index_oids int8[]
-- units: none
-- A foreign key that names no column refers to the primary key. Made again with its columns it would
-- refer to the oldest index that matches, which may be the very one it is to leave.
select c.conindid::int8 as index_oid,
       format('%I.%I.%I', n.nspname, t.relname, c.conname) as constraint_name,
       concat_ws(E';\n',
           format('alter table %I.%I add constraint %I %s', n.nspname, t.relname, fresh.name, def.text)
           || case when t.relkind <> 'p' then ' not valid' else '' end,
           case when t.relkind <> 'p'
                then format('alter table %I.%I validate constraint %I', n.nspname, t.relname, fresh.name) end,
           format('alter table %I.%I drop constraint %I', n.nspname, t.relname, c.conname),
           format('alter table %I.%I rename constraint %I to %I', n.nspname, t.relname, fresh.name, c.conname))
       as statements
  from pg_catalog.pg_constraint c
  join pg_catalog.pg_class t on t.oid = c.conrelid
  join pg_catalog.pg_namespace n on n.oid = t.relnamespace
  join pg_catalog.pg_class r on r.oid = c.confrelid
  join pg_catalog.pg_namespace rn on rn.oid = r.relnamespace
 cross join lateral (select left(c.conname, 60) || '_pk' as name) fresh
 cross join lateral (
       select string_agg(quote_ident(a.attname), ', ' order by k.i) as list
         from unnest(c.confkey) with ordinality k(att, i)
         join pg_catalog.pg_attribute a on a.attrelid = r.oid and a.attnum = k.att) cols
 cross join lateral (
       select replace(replace(pg_catalog.pg_get_constraintdef(c.oid), ' NOT VALID', ''),
                      format('REFERENCES %I.%I(%s)', rn.nspname, r.relname, cols.list),
                      format('REFERENCES %I.%I', rn.nspname, r.relname)) as text) def
 where c.contype = 'f' and c.conparentid = 0 and c.conindid = any (:index_oids::oid[])
 order by c.conindid, 2
