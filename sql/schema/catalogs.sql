-- Which catalog has which number?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
select c.oid::int8 as oid, c.relname::text as name
  from pg_class c
 where c.relnamespace = 'pg_catalog'::regnamespace and c.relkind = 'r' and c.oid < 16384
