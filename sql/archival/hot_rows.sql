-- Reads the rows still in a table, each as the text of its columns.
-- since: 13
-- timeout: 30s
-- params: most int8
-- units: none
-- idents: table, t_columns
with fixed as materialized (
    select set_config('TimeZone', 'UTC', true) || set_config('DateStyle', 'ISO, YMD', true)
        || set_config('IntervalStyle', 'postgres', true) || set_config('bytea_output', 'hex', true) as settings
)
select row({t_columns})::text as row_text
  from fixed, {table} as t
 where fixed.settings is not null
 limit :most
