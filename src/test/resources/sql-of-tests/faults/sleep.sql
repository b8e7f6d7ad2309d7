-- What happens when a statement takes long?
-- since: 14
-- timeout: 30s
-- params: seconds float8
-- units: seconds
select pg_sleep(:seconds)::text as slept
