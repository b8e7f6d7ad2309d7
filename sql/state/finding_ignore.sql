-- Stops reporting one finding, for good or until a moment.
-- since: 13   timeout: the session's   params: fingerprint, by, reason, until
update findings
   set state = 'IGNORED', ignored_by = :by, ignore_reason = :reason, ignored_until = :until
 where fingerprint = :fingerprint;
