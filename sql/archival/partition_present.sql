-- Is a partition of this name there?
-- since: 13
-- timeout: 15s
-- params: partition_name text
-- units: none
select to_regclass(:partition_name) is not null as is_present
