-- Remembers the best set of indexes of a database, unless a later one is known.
-- since: 13
-- timeout: 15s
-- params: target text, database text, at timestamptz, body text
-- units: none
insert into index_sets (target_key, database_name, at, body) values (:target, :database, :at, :body)
on conflict (target_key, database_name) do update set at = excluded.at, body = excluded.body
 where excluded.at >= index_sets.at;
