-- Which migrations were applied, in the order they were?
-- since: 15
-- timeout: 15s
-- params: none
-- units: none
select installed_rank, version, description, type, script, checksum, success
  from public.flyway_schema_history
 order by installed_rank
