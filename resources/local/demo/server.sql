-- name: server
SELECT d.oid::bigint AS database_id, d.datname AS database_name,
       r.oid::bigint AS role_id, r.rolname AS role_name,
       (SELECT sum(pg_database_size(oid)) FROM pg_database) AS bytes,
       (SELECT max(age(datfrozenxid)) FROM pg_database) AS transaction_age,
       (SELECT max(mxid_age(datminmxid)) FROM pg_database) AS multixact_age,
       current_setting('max_connections')::int AS max_connections
FROM pg_database d, pg_roles r
WHERE d.datname = current_database() AND r.rolname = current_user;
