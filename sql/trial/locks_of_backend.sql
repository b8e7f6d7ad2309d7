-- Which relations does another session hold, or wait to hold, locked right now?
-- since: 15
-- timeout: 10s
-- params: pid int4
-- units: none
select l.relation as oid, pg_catalog.array_agg(l.mode) as modes
  from pg_catalog.pg_locks l
 where l.locktype = 'relation' and l.pid = :pid
   and l.database = (select d.oid from pg_catalog.pg_database d
                      where d.datname = pg_catalog.current_database())
 group by l.relation
