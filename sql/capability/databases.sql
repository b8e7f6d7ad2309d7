-- Which databases can this login connect to, templates left out?
-- since: 14
-- timeout: 10s
-- params: none
-- units: none
select d.datname as database_name
  from pg_database d
 where d.datallowconn
   and not d.datistemplate
   and has_database_privilege(d.oid, 'CONNECT')
 order by d.datname
