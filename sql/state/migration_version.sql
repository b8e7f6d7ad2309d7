-- How many versions do the tables of the state database have, and up to which? No row when a migration failed.
-- since: 13
-- timeout: 15s
-- params: none
-- units: none
select count(*) || ' up to ' || max(h.version::int) as versions
  from flyway_schema_history h
 where h.version is not null
having bool_and(h.success);
