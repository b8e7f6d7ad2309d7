-- What does this session run right now, in full?
-- since: 14
-- timeout: 5s
-- params: pid int4
-- units: none
-- A text as long as the server keeps them has probably lost its end.
select a.query_id, a.query as query_text, a.state = 'active' as active,
       octet_length(a.query) >= (select setting::int - 4 from pg_catalog.pg_settings where name = 'track_activity_query_size') as cut
  from pg_catalog.pg_stat_activity a
 where a.pid = :pid
