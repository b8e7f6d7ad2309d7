-- Which tables of this database does autovacuum skip, because somebody else holds a lock it cannot pass?
-- since: 17
-- timeout: 5s
-- params: none
-- units: none
-- A vacuum takes SHARE UPDATE EXCLUSIVE. Of the holder's statement only the leading keywords are shown.
select l.relation::int8 as table_oid, l.pid, l.mode,
       upper(substring(a.query from '^\s*([A-Za-z]+(?:\s+[A-Za-z]+){0,1})')) as command, a.query_start as since
  from pg_catalog.pg_locks l
  left join pg_catalog.pg_stat_activity a on a.pid = l.pid
 where l.locktype = 'relation' and l.granted
   and l.database = (select oid from pg_catalog.pg_database where datname = current_database())
   and l.mode in ('ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock',
                  'AccessExclusiveLock')
   and not exists (select from pg_catalog.pg_stat_progress_vacuum p where p.pid = l.pid)
   and exists (select from pg_catalog.pg_class c where c.oid = l.relation and c.relkind in ('r', 'm'))
