-- May this login end other roles' sessions?
-- since: 14
-- timeout: 10s
-- params: none
-- units: none
select pg_catalog.pg_has_role('pg_signal_backend', 'USAGE') as may_signal
