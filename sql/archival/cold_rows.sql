-- Counts rows by the month of a time column.
-- since: 13
-- timeout: 10min
-- params: before timestamptz
-- units: none
-- idents: table, time_column
select date_trunc('month', {time_column}::timestamptz, 'UTC') as month,
       count(*) as row_count,
       count(*) filter (where {time_column} < :before) as cold_rows
  from {table}
 group by 1
 order by 1
