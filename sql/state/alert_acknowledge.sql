-- Somebody saw this alert; the first one to say so stays.
-- since: 13
-- timeout: 15s
-- params: by text, at timestamptz, id text
-- units: none
update alerts
   set acknowledged_by = coalesce(acknowledged_by, :by),
       acknowledged_at = coalesce(acknowledged_at, :at)
 where id = :id;
