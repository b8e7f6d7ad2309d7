-- Notes the indexes that show no use now; those known keep the moment they were first seen so.
-- since: 13
-- timeout: 15s
-- params: target text, database text, idle text[], at timestamptz
-- units: none
insert into idle_indexes as i (target_key, database_name, index_oid, first_seen, seen_at)
select :target, :database, oid::bigint, :at, :at from unnest(:idle::text[]) as s (oid)
on conflict (target_key, database_name, index_oid) do update
   set seen_at = excluded.seen_at
 where i.seen_at < excluded.seen_at - interval '1 day';
