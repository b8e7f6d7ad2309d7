-- Is this foreign key still there, on the same columns?
-- since: 15
-- timeout: 10s
-- params: schema_name text, table_name text, constraint_name text
-- units: none
select pg_catalog.pg_get_constraintdef(c.oid) as definition
  from pg_catalog.pg_constraint c
  join pg_catalog.pg_class t on t.oid = c.conrelid
  join pg_catalog.pg_namespace n on n.oid = t.relnamespace
 where n.nspname = :schema_name and t.relname = :table_name and c.conname = :constraint_name
   and c.contype = 'f'
