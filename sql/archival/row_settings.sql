-- Makes the text of every value the same on every connection, for the life of this transaction.
-- since: 13
-- timeout: 15s
-- params: none
-- units: none
select set_config('TimeZone', 'UTC', true) as time_zone,
       set_config('DateStyle', 'ISO, YMD', true) as date_style,
       set_config('IntervalStyle', 'postgres', true) as interval_style,
       set_config('bytea_output', 'hex', true) as bytea,
       set_config('extra_float_digits', '1', true) as digits,
       set_config('row_security', 'off', true) as rows,
       set_config('max_parallel_workers_per_gather', '0', true) as workers,
       set_config('synchronize_seqscans', 'off', true) as scans
