-- Which tables and indexes have all of these words in their names?
-- since: 15
-- timeout: 5s
-- params: words text[], most int4
-- units: none
-- Of an index the table it is on. The nearest names first: those that begin with the first word, then the shortest.
select case when c.relkind in ('i', 'I') then 'index' else 'table' end as kind,
       n.nspname::text as schema_name, coalesce(t.relname, c.relname)::text as table_name, c.relname::text as object_name
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_index i on i.indexrelid = c.oid
  left join pg_catalog.pg_class t on t.oid = i.indrelid
 where c.relkind in ('r', 'p', 'm', 'i', 'I') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from unnest(:words) w where strpos(lower(n.nspname || '.' || c.relname), lower(w)) = 0)
 order by not starts_with(lower(c.relname), lower((:words)[1])), length(c.relname), n.nspname, c.relname
 limit :most
