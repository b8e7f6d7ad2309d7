-- Which settings does the planner go by in a usual session of this login?
-- since: 17
-- timeout: 5s
-- params: none
-- units: as SHOW prints them without a unit, in the setting's own unit
select s.name::text as name, s.setting::text as value
  from pg_catalog.pg_settings s
 where s.category like 'Query Tuning%'
    or s.name in ('work_mem', 'hash_mem_multiplier', 'max_parallel_workers', 'max_parallel_workers_per_gather',
                  'parallel_leader_participation', 'temp_buffers', 'default_text_search_config',
                  'standard_conforming_strings', 'block_size', 'server_version_num', 'transform_null_equals')
union all
select 'current_user', current_user::text
union all
select 'search_path', coalesce(
         (select substr(g, length('search_path=') + 1)
            from pg_catalog.pg_db_role_setting s
           cross join lateral pg_catalog.unnest(s.setconfig) g
           where g like 'search_path=%'
             and s.setdatabase in (0, (select d.oid from pg_catalog.pg_database d
                                        where d.datname = pg_catalog.current_database()))
             and s.setrole in (0, (select r.oid from pg_catalog.pg_roles r where r.rolname = current_user))
           order by (s.setrole <> 0) desc, (s.setdatabase <> 0) desc
           limit 1), '"$user", public')
