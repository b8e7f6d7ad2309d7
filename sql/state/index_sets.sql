-- Which sets of indexes were searched last for the databases of a target?
-- since: 13
-- timeout: 15s
-- params: target text
-- units: none
select body as set from index_sets where target_key = :target order by database_name limit 50;
