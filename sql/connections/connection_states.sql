-- How many sessions are in which state, and how many could there be?
-- since: 17
-- timeout: 10s
-- params: own_pids int4[]
-- units: sessions; seconds
-- Our own sessions are counted apart. State hidden: this login may not see other roles' sessions.
select coalesce(a.state, 'hidden') as state, count(*) as sessions,
       count(*) filter (where a.pid = any (:own_pids)) as ours,
       count(*) filter (where a.wait_event_type = 'Lock') as waiting_for_lock,
       extract(epoch from max(clock_timestamp() - a.state_change))::float8 as longest_seconds,
       current_setting('max_connections')::int4 as max_connections,
       current_setting('superuser_reserved_connections')::int4
           + current_setting('reserved_connections')::int4 as reserved_connections
  from pg_stat_activity a
 where a.backend_type = 'client backend'
 group by 1
 order by 2 desc, 1
