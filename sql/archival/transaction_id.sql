-- Names the transaction, so that its outcome can be asked for after a crash.
-- since: 13
-- timeout: 15s
-- params: none
-- units: none
select pg_current_xact_id()::text as xid
