-- How many of the indexes that migrations build outside a transaction are there and valid?
-- since: 15
-- timeout: 15s
-- params: names text[]
-- units: none
select count(distinct i.relname)::int8 as found
  from pg_catalog.pg_index x
  join pg_catalog.pg_class i on i.oid = x.indexrelid
 where i.relname = any (:names) and x.indisvalid and x.indisready
