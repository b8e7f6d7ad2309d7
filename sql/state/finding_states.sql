-- How do these findings stand now?
-- since: 13
-- timeout: 15s
-- params: at timestamptz, fingerprints text[]
-- units: none
select fingerprint,
       state = 'CLOSED' or state = 'IGNORED' and coalesce(ignored_until <= :at, false) as reopens,
       state = 'IGNORED' and (ignored_until is null or ignored_until > :at) as ignored,
       case when state <> 'CLOSED' and remedy_until > :at then remedy end as remedy
  from findings
 where fingerprint = any (:fingerprints);
