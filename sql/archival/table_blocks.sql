-- How many blocks does a table have, and about how many rows?
-- since: 14
-- timeout: 15s
-- params: table_name text
-- units: none
select pg_relation_size(c.oid) / current_setting('block_size')::bigint as blocks,
       greatest(c.reltuples, 0)::bigint as estimated_rows
  from pg_class as c
 where c.oid = to_regclass(:table_name)
