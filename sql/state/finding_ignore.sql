-- Stops reporting one finding, for good or until a moment, while it gets no worse.
-- since: 13
-- timeout: 15s
-- params: by text, reason text, until timestamptz, fingerprint text
-- units: none
update findings
   set state = 'IGNORED', ignored_by = :by, ignore_reason = :reason, ignored_until = :until,
       ignored_at = now(), ignored_severity = severity_rank
 where fingerprint = :fingerprint;
