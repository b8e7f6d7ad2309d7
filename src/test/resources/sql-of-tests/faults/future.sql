-- Is a query for a newer server refused with a reason?
-- since: 99
-- timeout: 10s
-- params: none
-- units: none
select 1 as n
