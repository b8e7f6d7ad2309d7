-- How large is the state database, and which server runs it?
-- since: 13
-- timeout: 15s
-- params: none
-- units: bytes
select pg_database_size(current_database()) as bytes, current_setting('server_version') as version;
