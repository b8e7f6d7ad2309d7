-- Which plans wait for a decision, riskiest first and then those that expire first, with the first few of
-- alike ones and their number? Without bodies.
-- since: 13
-- timeout: 15s
-- params: target text, each int4, open text[], limit int4
-- units: none
with waiting as (
    select id, target_key, title, tool, risk_level, state, filed_at, expires_at, decided_by, decided_at,
           reason, verification, finished_at,
           row_number() over alike as place,
           count(*) over (partition by target_key, tool, risk_level) as times,
           min(expires_at) over (partition by target_key, tool, risk_level) as first_end
      from change_plans
     where state = 'WAITING'
       and (:target::text is null or target_key = :target)
    window alike as (partition by target_key, tool, risk_level order by expires_at, id)
)
select id, target_key as target, title, tool, risk_level as risk, state, filed_at, expires_at, decided_by,
       decided_at, reason, verification, finished_at, times
  from waiting
 where place <= :each
    or target_key || ' ' || tool || ' ' || risk_level = any (:open)
 order by array_position(array['HIGH', 'MEDIUM', 'LOW'], risk_level), first_end, target_key, tool,
          expires_at, id
 limit :limit;
