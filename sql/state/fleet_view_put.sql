-- Keeps a view of the fleet under its name.
-- since: 13
-- timeout: 15s
-- params: owner text, name text, filter text, grouping text
-- units: none
insert into fleet_views (owner, name, filter, grouping)
values (:owner, :name, :filter, :grouping)
on conflict (owner, name) do update set filter = excluded.filter, grouping = excluded.grouping;
