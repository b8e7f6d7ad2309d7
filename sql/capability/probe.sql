-- What can this login do on this server, and what is installed in this database?
-- since: 14
-- timeout: 10s
-- params: none
-- units: settings in the unit pg_settings gives each (pg_settings.unit)
-- USAGE, not MEMBER: only inherited rights work without SET ROLE.
select current_setting('server_version_num')::int4 as server_version,
       current_user::text as user_name,
       r.rolsuper as superuser,
       pg_is_in_recovery() as in_recovery,
       array(select p.rolname::text
               from pg_roles p
              where p.rolname <> current_user
                and pg_has_role(current_user, p.oid, 'USAGE')
              order by 1) as member_of,
       e.names as extension_names,
       e.versions as extension_versions,
       e.schemas as extension_schemas,
       array(select a.name::text from pg_available_extensions a order by 1) as available_extensions,
       s.names as setting_names,
       s.vals as setting_values,
       pg_postmaster_start_time() as postmaster_start
  from pg_roles r
 cross join (select coalesce(array_agg(x.extname::text order by x.extname), '{}') as names,
                    coalesce(array_agg(x.extversion order by x.extname), '{}') as versions,
                    coalesce(array_agg(n.nspname::text order by x.extname), '{}') as schemas
               from pg_extension x
               join pg_namespace n on n.oid = x.extnamespace) e
 cross join (select array_agg(t.name order by t.name) as names,
                    array_agg(t.setting order by t.name) as vals
               from pg_settings t
              where t.name like 'autovacuum%'
                 or t.name like 'track\_%'
                 or t.name like 'vacuum\_%'
                 or t.name like 'pg_stat_statements.%'
                 or t.name in ('max_connections', 'superuser_reserved_connections',
                               'reserved_connections', 'shared_buffers', 'work_mem',
                               'maintenance_work_mem', 'effective_cache_size', 'block_size',
                               'default_statistics_target', 'random_page_cost', 'deadlock_timeout',
                               'statement_timeout', 'lock_timeout', 'idle_session_timeout',
                               'idle_in_transaction_session_timeout', 'max_wal_size',
                               'checkpoint_timeout', 'wal_level', 'server_version',
                               'shared_preload_libraries', 'TimeZone')) s
 where r.rolname = current_user
