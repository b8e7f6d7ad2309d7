-- Which session settings does a reader have?
-- since: 14
-- timeout: 10s
-- params: none
-- units: none
select pg_backend_pid() as pid, current_setting('statement_timeout') as statement_timeout,
       current_setting('lock_timeout') as lock_timeout, current_setting('search_path') as search_path,
       current_setting('application_name') as application_name
