-- name: server
SELECT d.oid::bigint AS database_id, d.datname AS database_name,
       r.oid::bigint AS role_id, r.rolname AS role_name,
       (SELECT sum(pg_database_size(oid)) FROM pg_database) AS bytes,
       (SELECT max(age(datfrozenxid)) FROM pg_database) AS transaction_age,
       (SELECT max(mxid_age(datminmxid)) FROM pg_database) AS multixact_age,
       current_setting('max_connections')::int AS max_connections
FROM pg_database d, pg_roles r
WHERE d.datname = current_database() AND r.rolname = current_user;

-- name: indexes
SELECT n.nspname AS schema_name, t.relname AS table_name, i.relname AS index_name,
       i.oid::bigint AS index_oid,
       CASE i.relkind
           WHEN 'I' THEN (SELECT sum(pg_relation_size(p.relid)) FROM pg_partition_tree(i.oid) p)
           ELSE pg_relation_size(i.oid)
       END AS bytes
FROM pg_index x
JOIN pg_class i ON i.oid = x.indexrelid
JOIN pg_class t ON t.oid = x.indrelid
JOIN pg_namespace n ON n.oid = t.relnamespace
WHERE t.oid >= 16384 AND t.relkind IN ('r', 'p') AND NOT i.relispartition
ORDER BY i.oid;
