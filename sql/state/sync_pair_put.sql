-- Remembers how a pair is to be compared, or that it is not to be; its last result stays.
-- since: 13
-- timeout: 15s
-- params: target text, database_name text, schema_name text, table_name text, mirror_schema text, mirror_table text, feed bool, batch bool, truth text, settle_seconds int4, watched bool, by text
-- units: s
insert into sync_pairs (target_key, database_name, schema_name, table_name, mirror_schema, mirror_table, feed, batch, truth,
                        settle_seconds, watched, set_by)
values (:target, :database_name, :schema_name, :table_name, :mirror_schema, :mirror_table, :feed, :batch, :truth,
        :settle_seconds, :watched, :by)
on conflict (target_key, database_name, schema_name, table_name) do update
   set mirror_schema = excluded.mirror_schema, mirror_table = excluded.mirror_table, feed = excluded.feed,
       batch = excluded.batch, truth = excluded.truth, settle_seconds = excluded.settle_seconds,
       watched = excluded.watched, set_by = excluded.set_by, set_at = now();
