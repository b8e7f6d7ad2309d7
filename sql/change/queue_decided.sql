-- What was decided, newest first, with alike outcomes in one line and their number? Without bodies.
-- since: 13
-- timeout: 15s
-- params: target text, who text, actor text, scanned int4, limit int4
-- units: none
with newest as (
    select id, target_key, title, tool, risk_level, state, filed_at, expires_at, decided_by, decided_at,
           reason, verification, finished_at, coalesce(decided_at, finished_at, filed_at) as at
      from change_plans
     where state not in ('WAITING', 'APPROVED', 'RUNNING', 'UNDOING')
       and (:target::text is null or target_key = :target)
       and case :who::text
               when 'MINE' then decided_by = :actor
               when 'POLICY' then decided_by = 'policy'
               when 'FAILED' then state = 'FAILED'
               else true
           end
     order by coalesce(decided_at, finished_at, filed_at) desc, id
     limit :scanned
), numbered as (
    select newest.*, row_number() over alike as place, count(*) over (partition by target_key, title, state) as times
      from newest
    window alike as (partition by target_key, title, state order by at desc, id)
)
select id, target_key as target, title, tool, risk_level as risk, state, filed_at, expires_at, decided_by,
       decided_at, reason, verification, finished_at, times
  from numbered
 where place = 1
 order by at desc, id
 limit :limit;
