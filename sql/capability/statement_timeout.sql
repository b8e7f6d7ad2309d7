-- How long may the next statements of this session run?
-- since: 14
-- timeout: 10s
-- params: ms int8
-- units: milliseconds
select set_config('statement_timeout', :ms::text, false) as statement_timeout
