-- How far is each database from running out of transaction or multixact ids?
-- since: 17
-- timeout: 10s
-- params: none
-- units: ages in transactions or multixacts; *_used 0-1 of the 2^31 that fit
-- Every database counts, templates included: the oldest one stops the whole server.
select d.datname::text as database_name, d.datallowconn as allows_connections,
       age(d.datfrozenxid) as xid_age, mxid_age(d.datminmxid) as multixact_age,
       age(d.datfrozenxid) / 2147483648.0::float8 as xid_used,
       mxid_age(d.datminmxid) / 2147483648.0::float8 as multixact_used,
       current_setting('autovacuum_freeze_max_age')::int8 as freeze_max_age,
       current_setting('autovacuum_multixact_freeze_max_age')::int8 as multixact_freeze_max_age
  from pg_database d
 order by greatest(age(d.datfrozenxid), mxid_age(d.datminmxid)) desc, 1
