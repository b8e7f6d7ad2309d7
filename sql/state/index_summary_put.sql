-- Remembers what an index analysis came to, unless a later one is known.
-- since: 13
-- timeout: 15s
-- params: target text, at timestamptz, body text
-- units: none
insert into index_summaries (target_key, at, body) values (:target, :at, :body)
on conflict (target_key) do update set at = excluded.at, body = excluded.body
 where excluded.at >= index_summaries.at;
