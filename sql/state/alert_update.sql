-- Stores what became of an alert; who acknowledged or handled it is never forgotten.
-- since: 13   timeout: the session's   params: id and the changing columns
update alerts
   set severity = :severity, value = :value, threshold = :threshold, subject = :subject,
       message = :message, updated_at = :updated_at, recovered_at = :recovered_at,
       acknowledged_by = coalesce(:acknowledged_by, acknowledged_by),
       handled_by = coalesce(:handled_by, handled_by)
 where id = :id;
