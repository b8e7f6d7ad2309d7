-- How many changes of settings does the chain hold?
-- since: 13
-- timeout: 15s
-- params: none
-- units: none
select count(*) from audit_chain where kind = 'setting';
