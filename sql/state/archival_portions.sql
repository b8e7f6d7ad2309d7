-- Lists the portions of an archival in order.
-- since: 13
-- timeout: 15s
-- params: id uuid
-- units: none
select number, piece, first_key as first_row, last_key as end_row, state, row_count, hash_sum as digest, version, next_batch, pending_xid, pending_kept, pending_batches, kept
  from archival_portions where archival_id = :id order by number
