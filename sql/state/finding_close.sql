-- Closes open findings of kinds that were looked for completely and not found.
-- since: 13   timeout: the session's   params: target, kinds, fingerprints (seen), at
update findings
   set state = 'CLOSED', closed_at = :at
 where target_key = :target
   and state = 'OPEN'
   and kind = any (:kinds)
   and fingerprint <> all (:fingerprints)
returning fingerprint;
