-- Which pairs of a target are known, and what did their last checks find?
-- since: 13
-- timeout: 15s
-- params: target text
-- units: s
select database_name, schema_name, table_name, mirror_schema, mirror_table, feed, batch, truth, settle_seconds, watched,
       result, checked_at
  from sync_pairs
 where target_key = :target
 order by schema_name, table_name, database_name;
