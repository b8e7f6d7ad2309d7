-- Moves the next try of a message, with the reason of the last one if it was tried.
-- since: 13
-- timeout: 15s
-- params: id uuid, due timestamptz, reason text
-- units: none
update notifications
   set due_at = :due, reason = coalesce(:reason, reason)
 where id = :id and state = 'WAITING';
