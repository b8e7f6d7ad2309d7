-- Which findings of these kinds does somebody ignore, newest first?
-- since: 13
-- timeout: 15s
-- params: target text, kinds text[], now timestamptz, limit int8
-- units: none
select body as finding, ignored_by as by, ignore_reason as reason, ignored_at as at, ignored_until as until
  from findings
 where state = 'IGNORED'
   and (ignored_until is null or ignored_until > :now)
   and target_key = :target
   and kind = any (:kinds)
 order by ignored_at desc nulls last, fingerprint
 limit :limit;
