CREATE ROLE databricks_superuser NOLOGIN CREATEDB CREATEROLE BYPASSRLS;

GRANT pg_monitor, pg_read_all_data, pg_write_all_data, pg_signal_backend, pg_maintain TO databricks_superuser WITH ADMIN OPTION;

CREATE EXTENSION pg_stat_statements;

GRANT EXECUTE ON FUNCTION pg_stat_statements_reset(oid, oid, bigint, boolean) TO databricks_superuser;

CREATE DATABASE databricks_postgres;

