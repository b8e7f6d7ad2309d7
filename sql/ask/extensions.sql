-- Which extensions are installed, and is there a newer version?
-- since: 16
-- timeout: 5s
-- params: extension_name text
-- units: none
select e.extname::text as name, e.extversion as version, a.default_version as newest, n.nspname::text as schema,
       e.extversion is distinct from a.default_version as outdated, a.comment,
       (count(*) filter (where e.extversion is distinct from a.default_version) over ()) as x_outdated
  from pg_catalog.pg_extension e join pg_catalog.pg_namespace n on n.oid = e.extnamespace
  left join pg_catalog.pg_available_extensions a on a.name = e.extname
 where (:extension_name = '' or e.extname = :extension_name)
 order by outdated desc, 1
