-- Reads the cold rows between two places of a table.
-- since: 14
-- timeout: 60min
-- params: none
-- units: none
-- idents: table, columns, time_column
copy (
select {columns}
  from {table} as t
 where t.ctid >= current_setting('lakebaseops.first_row')::tid
   and t.ctid < current_setting('lakebaseops.end_row')::tid
   and {time_column} < (select current_setting('lakebaseops.cold_before')::timestamptz)
) to stdout (format binary)
