-- Which tables have row level security?
-- since: 16
-- timeout: 5s
-- params: schema_name text, table_name text
-- units: none
select n.nspname::text as schema, c.relname::text as name, c.relforcerowsecurity as forced, p.polname::text as policy,
       case p.polcmd when 'r' then 'SELECT' when 'a' then 'INSERT' when 'w' then 'UPDATE' when 'd' then 'DELETE' when '*' then 'ALL' end as command,
       pg_catalog.pg_get_expr(p.polqual, p.polrelid) as condition
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace left join pg_catalog.pg_policy p on p.polrelid = c.oid
 where c.relrowsecurity and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and (:table_name = '' or (n.nspname = :schema_name and c.relname = :table_name))
 group by 1, 2, 3, 4, 5, 6 order by 1, 2, 4 limit 100
