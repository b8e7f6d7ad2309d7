-- Stops reporting one finding, for good or until a moment.
-- since: 13
-- timeout: 15s
-- params: by text, reason text, until timestamptz, fingerprint text
-- units: none
update findings
   set state = 'IGNORED', ignored_by = :by, ignore_reason = :reason, ignored_until = :until
 where fingerprint = :fingerprint;
