-- Which plans are there, in the order of their ids?
-- since: 13
-- timeout: 15s
-- params: after uuid, limit int4
-- units: none
select id from change_plans where id > :after order by id limit :limit;
