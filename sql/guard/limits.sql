-- Settings under which a typed statement runs; constraints are not looked at when it is planned.
-- since: 14
-- timeout: 5s
-- params: none
-- units: none
select pg_catalog.set_config('constraint_exclusion', 'off', true) as constraint_exclusion,
       pg_catalog.set_config('transaction_read_only', 'on', true) as transaction_read_only
