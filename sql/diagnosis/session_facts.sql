-- What do the sessions of this server look like at this moment, in one row?
-- since: 14
-- timeout: 10s
-- params: own_pids int4[]
-- units: seconds; sessions
-- Our own sessions are left out. Null where the login may not see other roles' sessions.
with act as (
    select pid, state, backend_start, query_start, state_change, xact_start, wait_event_type, wait_event,
           coalesce(application_name, '') as application, usename::text as user_name,
           left(regexp_replace(query, '\s+', ' ', 'g'), 80) as query_text
      from pg_catalog.pg_stat_activity
     where backend_type = 'client backend' and pid <> all (:own_pids) and pid <> pg_catalog.pg_backend_pid()
), longest as (
    -- Maintenance takes the time it takes; what it blocks is seen as a lock.
    select * from act where state = 'active' and wait_event_type is distinct from 'Lock'
       and pid not in (select pid from pg_catalog.pg_stat_progress_vacuum
                       union all select pid from pg_catalog.pg_stat_progress_analyze
                       union all select pid from pg_catalog.pg_stat_progress_create_index
                       union all select pid from pg_catalog.pg_stat_progress_cluster
                       union all select pid from pg_catalog.pg_stat_progress_copy)
     order by query_start limit 1
), open as (
    select * from act where state like 'idle in transaction%' order by state_change limit 1
), queue as (
    select count(*) as hot_row_waiters, max(relation) as hot_relation
      from (select (array_agg(t.relation::regclass::text))[1] as relation
              from pg_catalog.pg_locks w
              left join pg_catalog.pg_locks t
                on t.pid = w.pid and t.locktype = 'tuple'
               and t.database = (select oid from pg_catalog.pg_database where datname = current_database())
             where not w.granted and w.locktype in ('transactionid', 'tuple')
             group by w.pid) rows_waited_for
)
select count(*) as sessions,
       count(*) filter (where backend_start > clock_timestamp() - interval '60 seconds') as young_sessions,
       count(*) filter (where state = 'idle') as idle_sessions,
       count(*) filter (where state = 'idle' and state_change < clock_timestamp() - interval '30 minutes') as long_idle_sessions,
       count(*) filter (where state is null) as hidden_sessions,
       pg_catalog.current_setting('max_connections')::int4 as max_connections,
       (select extract(epoch from clock_timestamp() - query_start)::float8 from longest) as longest_seconds,
       (select format('pid %s (%s, %s)', pid, user_name, application) from longest) as longest_session,
       (select query_text from longest) as longest_statement,
       (select extract(epoch from clock_timestamp() - state_change)::float8 from open) as open_seconds,
       (select extract(epoch from clock_timestamp() - xact_start)::float8 from open) as open_since_seconds,
       (select format('pid %s (%s, %s)', pid, user_name, application) from open) as open_words,
       (select hot_row_waiters from queue) as hot_row_waiters,
       (select hot_relation from queue) as hot_relation
  from act
