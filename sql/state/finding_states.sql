-- How do these findings stand now?
-- since: 13   timeout: the session's   params: fingerprints, at
select fingerprint, state = 'CLOSED' or state = 'IGNORED' and ignored_until <= :at as reopens,
       state = 'IGNORED' and (ignored_until is null or ignored_until > :at) as ignored
  from findings
 where fingerprint = any (:fingerprints);
