-- Which constraints and indexes of this database do not hold for all its rows?
-- since: 15
-- timeout: 15s
-- params: none
-- units: none
select n.nspname || '.' || c.relname as relation, k.conname::text as name, 'constraint' as kind
  from pg_catalog.pg_constraint k
  join pg_catalog.pg_class c on c.oid = k.conrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where not k.convalidated
union all
select n.nspname || '.' || t.relname, i.relname::text, 'index'
  from pg_catalog.pg_index x
  join pg_catalog.pg_class i on i.oid = x.indexrelid
  join pg_catalog.pg_class t on t.oid = x.indrelid
  join pg_catalog.pg_namespace n on n.oid = t.relnamespace
 where not x.indisvalid and i.relkind = 'i'
 order by 1, 2
