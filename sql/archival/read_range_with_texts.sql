-- Reads the cold rows between two places of a table, some of their columns as the text of a row.
-- since: 14
-- timeout: 60min
-- params: none
-- units: none
-- idents: table, columns, texts, time_column
copy (
select {columns}, row({texts})::text
  from {table} as t
 where t.ctid >= current_setting('lakebaseops.first_row')::tid
   and t.ctid < current_setting('lakebaseops.end_row')::tid
   and {time_column} < (select current_setting('lakebaseops.cold_before')::timestamptz)
) to stdout (format binary)
