-- Is a newer server's variant left alone on an older server?
-- since: 99
-- timeout: 10s
-- params: none
-- units: none
select 99 as n
