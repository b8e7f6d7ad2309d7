-- Lists the portions of an archival in order.
-- since: 13
-- timeout: 15s
-- params: id uuid
-- units: none
select number, piece, first_key, last_key, state, row_count, hash_sum, version, next_batch, pending_xid, pending_kept, kept
  from archival_portions where archival_id = :id order by number
