-- Notes a batch right before its transaction commits.
-- since: 13
-- timeout: 15s
-- params: id uuid, number int4, xid text, kept text, batches int4
-- units: none
update archival_portions set pending_xid = :xid, pending_kept = :kept, pending_batches = :batches where archival_id = :id and number = :number
