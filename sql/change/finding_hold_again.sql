-- Takes back that an ignored finding was opened: who ignored it, when and why was kept.
-- since: 13
-- timeout: 15s
-- params: fingerprint text, until timestamptz
-- units: none
update findings
   set state = 'IGNORED', ignored_until = :until, ignored_severity = severity_rank
 where fingerprint = :fingerprint
   and state = 'OPEN'
   and ignored_at is not null;
