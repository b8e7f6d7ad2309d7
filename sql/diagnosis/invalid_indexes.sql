-- Which indexes are invalid though nobody builds, rebuilds or drops them now?
-- since: 14
-- timeout: 10s
-- params: none
-- units: none
-- A concurrent rebuild or drop locks the index itself all the time, a concurrent build is in its progress view.
select i.indexrelid::int8 as index_oid, i.indexrelid::regclass::text as index_name
  from pg_catalog.pg_index i
 where not i.indisvalid
   and not exists (select from pg_catalog.pg_stat_progress_create_index p where p.index_relid = i.indexrelid)
   and not exists (select from pg_catalog.pg_locks l
                    where l.relation = i.indexrelid and l.granted
                      and l.database = (select oid from pg_catalog.pg_database where datname = current_database())
                      and l.mode in ('ShareUpdateExclusiveLock', 'AccessExclusiveLock'))
 limit 1000
