-- How many findings of each of these kinds are open, and what would mending them give?
-- since: 13
-- timeout: 15s
-- params: target text, kinds text[]
-- units: bytes; ms an hour
select kind, count(*) as count, count(*) filter (where bytes_freed > 0) as freeing, max(severity_rank) as worst,
       sum(greatest(bytes_freed, 0))::int8 as bytes_freed, sum(ms_per_hour) as ms_per_hour,
       max(last_seen) as last_seen
  from findings
 where state = 'OPEN'
   and target_key = :target
   and kind = any (:kinds)
 group by kind
 order by kind;
