-- Which names may a question mean, the largest first?
-- since: 16
-- timeout: 5s
-- params: most int8, shared bool
-- units: none
(select case when c.relkind in ('i', 'I') then 'index' when c.relkind = 'S' then 'sequence' else 'table' end as kind,
        n.nspname::text as schema_name, c.relname::text as object_name, t.relname::text as table_name
   from pg_catalog.pg_class c
   join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   left join pg_catalog.pg_index i on i.indexrelid = c.oid
   left join pg_catalog.pg_class t on t.oid = i.indrelid
  where c.relkind in ('r', 'p', 'v', 'm', 'f', 'i', 'I', 'S') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  order by c.relkind in ('r', 'p') desc, c.relpages desc
  limit :most)
union all
select 'role', null, rolname::text, null from pg_catalog.pg_roles where :shared and rolname !~ '^pg_'
union all
select 'setting', null, name, null from pg_catalog.pg_settings where :shared
union all
select 'extension', null, name::text, null from pg_catalog.pg_available_extensions where :shared
