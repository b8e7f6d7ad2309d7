-- Says what a table is and what stands against taking rows out of it.
-- since: 13
-- timeout: 15s
-- params: schema_name text, table_name text
-- units: total_bytes bytes
select c.relkind = 'p' as is_partitioned,
       c.relkind in ('r', 'p') and not c.relispartition as is_table,
       pg_total_relation_size(c.oid) as total_bytes,
       greatest(c.reltuples, 0)::bigint as estimated_rows,
       row_security_active(c.oid) as is_row_security_active,
       has_table_privilege(c.oid, 'select') and has_table_privilege(c.oid, 'delete') as may_delete,
       pg_has_role(c.relowner, 'usage') as is_owner,
       exists (select 1 from pg_inherits as h where h.inhparent = c.oid and c.relkind <> 'p') as has_children,
       coalesce((select string_agg(g.tgname, ', ' order by g.tgname)
                   from pg_trigger as g
                  where g.tgrelid = c.oid and not g.tgisinternal and g.tgenabled <> 'D'
                    and g.tgtype & 12 <> 0), '') as triggers,
       coalesce((select string_agg(r.rulename, ', ' order by r.rulename)
                   from pg_rewrite as r
                  where r.ev_class = c.oid and r.ev_type in ('3', '4')), '') as rules,
       coalesce((select string_agg(distinct p.pubname, ', ')
                   from pg_publication_tables as p
                  where p.schemaname = n.nspname and p.tablename = c.relname), '') as publications
  from pg_class as c
  join pg_namespace as n on n.oid = c.relnamespace
 where n.nspname = :schema_name and c.relname = :table_name
