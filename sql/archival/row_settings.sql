-- Makes the text of every value the same on every connection, for the life of this transaction.
-- since: 13
-- timeout: 15s
-- params: none
-- units: none
select set_config('TimeZone', 'UTC', true),
       set_config('DateStyle', 'ISO, YMD', true),
       set_config('IntervalStyle', 'postgres', true),
       set_config('bytea_output', 'hex', true),
       set_config('extra_float_digits', '1', true),
       set_config('row_security', 'off', true)
