-- Names without a schema are looked up as in a usual session of this login, until ours is set again.
-- since: 14
-- timeout: 5s
-- params: none
-- units: none
-- Somebody else's statement names its tables as its own sessions do; ours only look into pg_catalog.
select pg_catalog.set_config('search_path', coalesce(
         (select substr(g, length('search_path=') + 1)
            from pg_catalog.pg_db_role_setting s
           cross join lateral pg_catalog.unnest(s.setconfig) g
           where g like 'search_path=%'
             and s.setdatabase in (0, (select d.oid from pg_catalog.pg_database d
                                        where d.datname = pg_catalog.current_database()))
             and s.setrole in (0, (select r.oid from pg_catalog.pg_roles r where r.rolname = current_user))
           order by (s.setrole <> 0) desc, (s.setdatabase <> 0) desc
           limit 1), '"$user", public'), false) as search_path
