-- Which version do the tables of the state database have? No row when a migration failed.
-- since: 13
-- timeout: 15s
-- params: none
-- units: none
select h.version
  from flyway_schema_history h
 where not exists (select from flyway_schema_history f where not f.success)
 order by h.installed_rank desc
 limit 1;
