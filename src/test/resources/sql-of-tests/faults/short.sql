-- What happens when a statement takes longer than its file allows?
-- since: 14
-- timeout: 200ms
-- params: none
-- units: none
select pg_sleep(5)::text as slept
