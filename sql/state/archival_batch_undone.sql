-- Notes that a batch was not committed: it is tried again.
-- since: 13
-- timeout: 15s
-- params: id uuid, number int4
-- units: none
update archival_portions set pending_xid = null, pending_kept = null where archival_id = :id and number = :number
