-- Is any cold row left in a table?
-- since: 13
-- timeout: 10min
-- params: before timestamptz
-- units: none
-- idents: table, time_column
select exists (select 1 from {table} where {time_column} < :before) as is_left
