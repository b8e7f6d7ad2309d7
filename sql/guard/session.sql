-- Who are we, and where are names without a schema looked up?
-- since: 14
-- timeout: 5s
-- params: none
-- units: none
select current_user::text as login, r.rolsuper as superuser, pg_catalog.current_schemas(true)::text[] as schemas,
       (select coalesce(pg_catalog.string_agg(pg_catalog.quote_ident(s), ', '), '')
          from pg_catalog.unnest(pg_catalog.current_schemas(false)) s) as path,
       pg_catalog.pg_has_role('pg_read_all_data', 'member') as reader
  from pg_catalog.pg_roles r
 where r.rolname = current_user
