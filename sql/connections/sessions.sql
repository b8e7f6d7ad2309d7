-- Who is connected, in what state, since when, holding what?
-- since: 14
-- timeout: 10s
-- params: own_pids int4[]
-- units: seconds; transactions; locks held and granted
-- Query texts are cut to 200 characters; our own sessions are marked, not hidden.
select a.pid, a.usename::text as user_name, a.datname::text as database_name,
       coalesce(a.application_name, '') as application, host(a.client_addr) as client_address,
       a.state, a.backend_start, a.state_change, a.xact_start,
       extract(epoch from clock_timestamp() - a.backend_start)::float8 as session_seconds,
       extract(epoch from clock_timestamp() - a.state_change)::float8 as state_seconds,
       extract(epoch from clock_timestamp() - a.xact_start)::float8 as transaction_seconds,
       a.wait_event_type, a.wait_event,
       greatest(age(a.backend_xmin), age(a.backend_xid))::int8 as xmin_age,
       coalesce(l.locks, 0) as locks_held, l.relations,
       coalesce(r.rolsuper, false) as is_superuser, coalesce(r.rolreplication, false) as is_replication,
       a.pid = any (:own_pids) as is_ours,
       r.oid is not null and (pg_has_role(r.oid, 'USAGE') or pg_has_role('pg_signal_backend', 'USAGE')) as may_end,
       coalesce(adv.locks, 0) as advisory_locks,
       exists (select from pg_catalog.pg_prepared_xacts p where p.owner = a.usename and p.database = a.datname)
           as role_has_prepared,
       -- From outside only the last statement tells of a LISTEN or a cursor; it may stand anywhere in its text.
       case when a.query ~* '\mlisten\M' then 'listen'
            when a.query ~* '\mwith\s+hold\M|(^|;)\s*(fetch|move)\M' then 'cursor'
            when a.query ~* '\mprepare\s+transaction\M' then 'prepared' end as text_holds,
       a.query is null or a.query = '<insufficient privilege>'
           or octet_length(a.query) >= (select setting::int4 - 4 from pg_catalog.pg_settings
                                         where name = 'track_activity_query_size') as text_hidden,
       left(a.query, 200) as query_text
  from pg_catalog.pg_stat_activity a
  left join pg_catalog.pg_roles r on r.oid = a.usesysid
  left join (select pid, count(*) as locks from pg_catalog.pg_locks
              where locktype = 'advisory' and granted group by pid) adv on adv.pid = a.pid
  left join lateral (
       select count(*) as locks, array_agg(distinct k.relation::regclass::text)
                filter (where k.relation is not null and k.mode <> 'AccessShareLock'
                          and k.database = (select oid from pg_catalog.pg_database where datname = current_database())) as relations
         from pg_catalog.pg_locks k where k.pid = a.pid and k.granted and k.locktype <> 'virtualxid') l
       on a.state like 'idle in transaction%'
 where a.backend_type = 'client backend'
 order by a.backend_start
