-- Which casts are there, which versions can an extension be updated to, and which can be moved?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
-- Names are printed in full: the search path is empty for this one statement.
select 'cast ' || format_type(c.castsource, null) as known, format_type(c.casttarget, null) as leads_to
  from pg_cast c
 where (select set_config('search_path', '', true)) is not null
union all
select concat('update ', e.extname, ' ', p.source), p.target
  from pg_extension e
 cross join lateral pg_extension_update_paths(e.extname) p
 where p.source = e.extversion and p.path is not null
union all
select 'move', e.extname
  from pg_extension e
 where e.extrelocatable
