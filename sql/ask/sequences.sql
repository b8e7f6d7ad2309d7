-- Which sequences are nearest to their end?
-- since: 16
-- timeout: 5s
-- params: sequence_name text, limit int8
-- units: none
select s.schemaname::text as schema, s.sequencename::text as name, s.data_type::text as type, s.last_value, s.max_value,
       case when s.increment_by > 0 then (coalesce(s.last_value, s.start_value) - s.min_value)::float8
                / nullif((s.max_value - s.min_value)::float8, 0) end as used_share, s.cycle as cycles
  from pg_catalog.pg_sequences s
 where (:sequence_name = '' or s.sequencename = :sequence_name)
 order by used_share desc nulls last limit :limit
