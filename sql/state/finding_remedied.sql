-- Notes which remedies of findings wait for a decision, and until when.
-- since: 13
-- timeout: 15s
-- params: until timestamptz, fingerprints text[], remedies text[]
-- units: none
update findings f
   set remedy = s.remedy, remedy_until = :until
  from unnest(:fingerprints::text[], :remedies::text[]) as s (fingerprint, remedy)
 where f.fingerprint = s.fingerprint;
