-- A person says no, and for how long; null: only to this plan, not to what it is about.
-- since: 13
-- timeout: 15s
-- params: id uuid, by text, at timestamptz, reason text, until timestamptz
-- units: none
update change_plans p
   set state = 'REJECTED', decided_by = :by, decided_at = :at, reason = :reason, runner = null,
       held_until = :until,
       held_severity = (select f.severity_rank from findings f where f.fingerprint = p.finding_fingerprint)
 where p.id = :id;
