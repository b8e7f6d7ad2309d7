-- What do the planner's statistics say of the columns, values included?
-- since: 17
-- timeout: 30s
-- params: tables text[]
-- units: shares 0 to 1; bytes; distinct as in pg_stats: negative = share of the rows
-- Expressions of an index stand under its name. Only columns this login may read are listed.
select s.schemaname::text as schema_name, s.tablename::text as relation_name, s.attname::text as column_name,
       s.inherited, s.null_frac::float8 as null_share, s.avg_width as width, s.n_distinct::float8 as distinct_values,
       s.most_common_vals::text as common_values, s.most_common_freqs::text as common_shares,
       s.histogram_bounds::text as histogram, s.correlation::float8 as correlation,
       s.most_common_elems::text as common_elements, s.most_common_elem_freqs::text as element_shares,
       s.elem_count_histogram::text as element_counts, s.range_length_histogram::text as range_lengths,
       s.range_empty_frac::float8 as empty_ranges, s.range_bounds_histogram::text as range_bounds
  from pg_catalog.pg_stats s
 where s.schemaname not like 'pg\_%' and s.schemaname <> 'information_schema'
   and (:tables::text[] is null or s.schemaname || '.' || s.tablename = any (:tables::text[]))
