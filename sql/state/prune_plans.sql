-- Removes plans that ended before a moment, with their decisions and receipts; one that made another void goes after it.
-- since: 13
-- timeout: 15s
-- params: cutoff timestamptz, limit int4
-- units: none
with gone as materialized (
       select p.id
         from change_plans p
        where coalesce(p.finished_at, p.decided_at) < :cutoff
          and p.state not in ('WAITING', 'APPROVED', 'RUNNING', 'UNDOING')
          and not exists (select from change_plans o where o.superseded_by = p.id)
        order by coalesce(p.finished_at, p.decided_at)
        limit :limit),
     no_decisions as (delete from decisions where plan_id in (select id from gone)),
     no_receipts as (delete from receipts where plan_id in (select id from gone))
delete from change_plans where id in (select id from gone);
