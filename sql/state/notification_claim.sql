-- Takes the next try of a message; nothing when it ended or somebody else took this try.
-- since: 13
-- timeout: 15s
-- params: id uuid, attempts int4, due timestamptz
-- units: none
update notifications
   set attempts = attempts + 1, due_at = :due
 where id = :id and state = 'WAITING' and attempts = :attempts;
