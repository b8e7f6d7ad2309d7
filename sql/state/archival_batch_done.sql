-- Notes that a batch was committed, and which of its rows were kept in the table.
-- since: 13
-- timeout: 15s
-- params: id uuid, number int4, at timestamptz
-- units: none
update archival_portions
   set next_batch = next_batch + pending_batches, pending_xid = null, pending_kept = null,
       kept = (kept::jsonb || coalesce(pending_kept, '[]')::jsonb)::text, done_at = :at
 where archival_id = :id and number = :number
