-- Which plans have an id that begins like this?
-- since: 13
-- timeout: 15s
-- params: prefix text, limit int4
-- units: none
select id, fingerprint, body, risk, state, filed_at, decided_by, decided_at, reason, verification,
       finished_at, runner, held_until
  from change_plans
 where starts_with(id::text, :prefix)
 order by filed_at desc
 limit :limit;
