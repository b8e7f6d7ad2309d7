-- Counts the rows of another table that point at cold rows.
-- since: 13
-- timeout: 5min
-- params: before timestamptz
-- units: none
-- idents: table, from_table, from_columns, to_columns, time_column
select count(*) as row_count
  from (select 1
          from {from_table} as r
          join {table} as t on row({from_columns}) = row({to_columns})
         where {time_column} < :before
         limit 1000000) as found
