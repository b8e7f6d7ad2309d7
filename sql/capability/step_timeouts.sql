-- How long may the next step wait for a lock, and how long may it run?
-- since: 14
-- timeout: 10s
-- params: lock_ms int8, statement_ms int8
-- units: milliseconds
select set_config('lock_timeout', :lock_ms::text, false) as lock_timeout,
       set_config('statement_timeout', :statement_ms::text, false) as statement_timeout
