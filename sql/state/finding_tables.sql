-- Which tables have findings of these kinds, those first where mending frees most?
-- since: 13
-- timeout: 15s
-- params: target text, kinds text[], limit int8
-- units: bytes
select database_name as database, schema_name as schema, table_name as table, count(*) as count,
       max(severity_rank) as worst, sum(greatest(bytes_freed, 0))::int8 as bytes_freed
  from findings
 where state = 'OPEN'
   and target_key = :target
   and kind = any (:kinds)
   and table_name <> ''
 group by database_name, schema_name, table_name
 order by sum(greatest(bytes_freed, 0)) desc, max(severity_rank) desc, count(*) desc, database_name,
          schema_name, table_name
 limit :limit;
