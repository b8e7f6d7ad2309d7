-- Which foreign keys go out from and come in to this table?
-- since: 16
-- timeout: 5s
-- params: schema_name text, table_name text
-- units: none
with t as (select c.oid from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where n.nspname = :schema_name and c.relname = :table_name)
select case when k.conrelid = t.oid then 'references' else 'referenced by' end as direction, k.conname::text as name,
       case when k.conrelid = t.oid then k.confrelid else k.conrelid end::regclass::text as other_table,
       pg_catalog.pg_get_constraintdef(k.oid) as definition, k.convalidated as validated
  from pg_catalog.pg_constraint k join t on t.oid in (k.conrelid, k.confrelid) where k.contype = 'f'
 order by 1, 2
