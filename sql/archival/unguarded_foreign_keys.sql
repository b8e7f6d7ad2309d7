-- Counts the foreign keys of a table and to it, and those that the server does not enforce.
-- since: 13
-- timeout: 15s
-- params: schema_name text, table_name text
-- units: none
select count(*) as foreign_keys,
       count(*) filter (where current_setting('session_replication_role') = 'replica'
                              or exists (select 1 from pg_trigger as g
                                          where g.tgconstraint = k.oid and g.tgenabled in ('D', 'R'))) as not_enforced
  from pg_class as c
  join pg_namespace as n on n.oid = c.relnamespace
  join pg_constraint as k on k.contype = 'f' and (k.conrelid = c.oid or k.confrelid = c.oid)
 where n.nspname = :schema_name and c.relname = :table_name
