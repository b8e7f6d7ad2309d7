-- Which operator families know the equality a foreign key compares with, either way round?
-- since: 16
-- timeout: 10s
-- params: none
-- units: none
select o.oid::int8 as operator, array_agg(distinct m.amopfamily::int8) as families
  from pg_catalog.pg_operator o
  join pg_catalog.pg_amop m on m.amopopr in (o.oid, o.oprcom)
 where o.oid in (select unnest(c.conpfeqop) from pg_catalog.pg_constraint c where c.contype = 'f')
 group by o.oid
