-- Which extensions are installed, where and in which version?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
select e.oid::int8 as oid,
       jsonb_build_object(
         'name', e.extname, 'schema', n.nspname, 'version', e.extversion,
         'owner', pg_get_userbyid(e.extowner),
         'comment', obj_description(e.oid, 'pg_extension'))::text as body
  from pg_extension e
  join pg_namespace n on n.oid = e.extnamespace
 where e.extname <> 'plpgsql'
