-- Which casts call a function that the server did not come with?
-- since: 14
-- timeout: 10s
-- params: none
-- units: none
select c.castsource::int8 as source, c.casttarget::int8 as target, c.castfunc::oid::int8 as function,
       c.castsource < 16384 and c.casttarget < 16384 as between_built_in,
       format('cast from %s to %s', format_type(c.castsource, null), format_type(c.casttarget, null)) as name
  from pg_cast c
 where c.oid >= 16384 and c.castfunc <> 0
