-- Reads the cold rows between two places of a table, each as the text of its columns.
-- since: 14
-- timeout: 60min
-- params: none
-- units: none
-- idents: table, texts, time_column
copy (
select row({texts})::text
  from {table} as t
 where t.ctid >= current_setting('lakebaseops.first_row')::tid
   and t.ctid < current_setting('lakebaseops.end_row')::tid
   and {time_column} < (select current_setting('lakebaseops.cold_before')::timestamptz)
) to stdout (format binary)
