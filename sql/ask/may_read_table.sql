-- Which roles may do what with this table?
-- since: 16
-- timeout: 5s
-- params: schema_name text, table_name text
-- units: none
select r.rolname::text as role, r.rolcanlogin as can_login,
       pg_catalog.has_table_privilege(r.oid, c.oid, 'SELECT') as may_read, pg_catalog.has_table_privilege(r.oid, c.oid, 'INSERT') as may_insert,
       pg_catalog.has_table_privilege(r.oid, c.oid, 'UPDATE') as may_update, pg_catalog.has_table_privilege(r.oid, c.oid, 'DELETE') as may_delete,
       r.rolsuper as superuser, r.oid = c.relowner as owner,
       (count(*) filter (where r.rolcanlogin and pg_catalog.has_table_privilege(r.oid, c.oid, 'SELECT')) over ()) as x_readers,
       (count(*) filter (where r.rolcanlogin and pg_catalog.has_table_privilege(r.oid, c.oid, 'INSERT, UPDATE, DELETE')) over ()) as x_writers
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace cross join pg_catalog.pg_roles r
 where n.nspname = :schema_name and c.relname = :table_name and r.rolname !~ '^pg_'
   and (pg_catalog.has_table_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE, DELETE') or r.oid = c.relowner)
 order by r.rolcanlogin desc, 1 limit 100
