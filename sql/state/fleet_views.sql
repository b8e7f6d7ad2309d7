-- Which views of the fleet did a person keep?
-- since: 13
-- timeout: 15s
-- params: owner text
-- units: none
select name, filter, grouping
  from fleet_views
 where owner = :owner
 order by name;
