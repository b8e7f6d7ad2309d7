-- Which schemas, tables and roles does this database have, for forms that name them?
-- since: 13
-- timeout: 5s
-- params: none
-- units: none
(select 'schema' as kind, n.nspname::text as name
   from pg_catalog.pg_namespace n
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  order by n.nspname
  limit 500)
union all
(select 'table', n.nspname || '.' || c.relname
   from pg_catalog.pg_class c
   join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p')
    and not c.relispartition
    and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  order by n.nspname, c.relname
  limit 5000)
union all
(select 'role', r.rolname::text
   from pg_catalog.pg_roles r
  where r.rolname !~ '^pg_'
  order by r.rolname
  limit 500)
