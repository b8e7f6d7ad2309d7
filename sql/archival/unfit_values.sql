-- Is there a cold row whose value has no place in a typed Delta column?
-- since: 13
-- timeout: 10min
-- params: before timestamptz
-- units: none
-- idents: table, column, time_column
select exists (select 1
                 from {table}
                where {time_column} < :before
                  and {column}::text ~ '(infinity|NaN|BC|^\d{5,}-)') as has_unfit
