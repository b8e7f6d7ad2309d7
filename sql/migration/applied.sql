-- How many of these migrations are noted as applied?
-- since: 15
-- timeout: 10s
-- params: ranks int4[]
-- units: count
select count(*) as found
  from public.flyway_schema_history
 where installed_rank = any (:ranks) and success
