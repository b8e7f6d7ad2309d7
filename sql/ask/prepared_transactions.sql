-- Which prepared transactions wait to be finished?
-- since: 16
-- timeout: 5s
-- params: none
-- units: seconds
select gid as name, owner::text as role, database::text as database, prepared as prepared_at,
       extract(epoch from clock_timestamp() - prepared)::float8 as open_seconds, pg_catalog.age(transaction) as xid_age
  from pg_catalog.pg_prepared_xacts order by prepared
