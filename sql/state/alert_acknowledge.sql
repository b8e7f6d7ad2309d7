-- Somebody saw this alert; the first one to say so stays.
-- since: 13   timeout: the session's   params: id, by, at
update alerts
   set acknowledged_by = coalesce(acknowledged_by, :by),
       acknowledged_at = coalesce(acknowledged_at, :at)
 where id = :id;
