-- Which relations, also ones dropped meanwhile, does this very session hold locked?
-- since: 15
-- timeout: 30s
-- params: none
-- units: none
select l.relation as oid, pg_catalog.array_agg(l.mode) as modes
  from pg_catalog.pg_locks l
 where l.locktype = 'relation' and l.granted
   and l.pid = pg_catalog.pg_backend_pid()
   and l.database = (select d.oid from pg_catalog.pg_database d
                      where d.datname = pg_catalog.current_database())
 group by l.relation
