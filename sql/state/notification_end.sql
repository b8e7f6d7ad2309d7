-- Ends a message: sent, given up, or no longer needed.
-- since: 13
-- timeout: 15s
-- params: id uuid, state text, at timestamptz, reason text, receipt text
-- units: none
update notifications
   set state = :state, ended_at = :at, reason = :reason, receipt = coalesce(:receipt, receipt)
 where id = :id and state = 'WAITING';
