-- Forgets a view of the fleet.
-- since: 13
-- timeout: 15s
-- params: owner text, name text
-- units: none
delete from fleet_views where owner = :owner and name = :name;
