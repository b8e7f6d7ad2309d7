-- Which findings does somebody ignore, newest first? Nothing is planned for them.
-- since: 13
-- timeout: 15s
-- params: now timestamptz, target text, limit int4
-- units: none
select fingerprint, body, ignored_by, ignore_reason, ignored_at, ignored_until
  from findings
 where state = 'IGNORED'
   and (ignored_until is null or ignored_until > :now)
   and (:target::text is null or target_key = :target)
 order by ignored_at desc nulls last, fingerprint
 limit :limit;
