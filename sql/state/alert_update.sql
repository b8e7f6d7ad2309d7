-- Stores what became of an alert; who acknowledged or handled it is never forgotten.
-- since: 13
-- timeout: 15s
-- params: severity text, value float8, threshold float8, subject text, message text, updated_at timestamptz, recovered_at timestamptz, acknowledged_by text, handled_by text, id text
-- units: none
update alerts
   set severity = :severity, value = :value, threshold = :threshold, subject = :subject,
       message = :message, updated_at = :updated_at, recovered_at = :recovered_at,
       acknowledged_by = coalesce(:acknowledged_by, acknowledged_by),
       handled_by = coalesce(:handled_by, handled_by)
 where id = :id;
