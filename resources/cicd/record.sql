-- One applied migration; v version, d description, s script, c checksum, t start in ms since 1970.
-- In the migration's own transaction the search path may have moved: the table is found by name.
insert into flyway_schema_history
  (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
select coalesce(max(installed_rank), 0) + 1, :'v', left(:'d', 200), 'SQL', :'s', :'c'::int, current_user,
       greatest(0, extract(epoch from clock_timestamp()) * 1000 - :'t'::numeric)::int, true
  from flyway_schema_history;
