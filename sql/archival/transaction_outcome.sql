-- Tells how a transaction ended: committed, aborted, in progress, or null when that is forgotten.
-- since: 13
-- timeout: 15s
-- params: xid text
-- units: none
select pg_xact_status(:xid::xid8) as outcome
