-- How bad are these findings now, and who ignores them?
-- since: 13
-- timeout: 15s
-- params: fingerprints text[], now timestamptz
-- units: none
select fingerprint, severity_rank, ignored_by, ignore_reason, ignored_at, ignored_until,
       state = 'IGNORED' and (ignored_until is null or ignored_until > :now)
           and severity_rank <= coalesce(ignored_severity, severity_rank) as ignored
  from findings
 where fingerprint = any (:fingerprints);
