-- Makes this session's statistics visible to all at the end of the statement.
-- since: 15
-- timeout: 10s
-- params: none
-- units: none
select pg_catalog.pg_stat_force_next_flush()
