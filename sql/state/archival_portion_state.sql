-- Notes what a portion has come to.
-- since: 13
-- timeout: 15s
-- params: id uuid, number int4, state text, row_count int8, digest text, version int8, at timestamptz
-- units: none
update archival_portions
   set state = :state, row_count = :row_count, hash_sum = coalesce(:digest, hash_sum), version = coalesce(:version, version),
       done_at = :at
 where archival_id = :id and number = :number
