-- How many findings of one kind are open in each schema of a target, the worst first?
-- since: 13
-- timeout: 15s
-- params: target text
-- units: severity_rank 0 is the mildest
select target_key as target, kind, database_name as database, schema_name as schema, count(*) as count,
       max(severity_rank) as worst, min(first_seen) as first_seen, max(last_seen) as last_seen
  from findings
 where state = 'OPEN'
   and target_key = :target
 group by target_key, kind, database_name, schema_name
 order by max(severity_rank) desc, count(*) desc, kind, database_name, schema_name;
