-- What a plan's fingerprint was made from, what makes two plans the same, and what a person said no
-- to. Plans filed before stand with form 1: waiting ones are closed by the gate, done ones stay.
alter table change_plans
    add column form           smallint not null default 1,
    add column work           text,
    add column facts          text,
    add column bytes_touched  bigint not null default 0,
    add column undo_of        uuid references change_plans (id),
    add column held_until     timestamptz,
    add column held_severity  smallint;

-- An undo is a plan of its own now, and nothing stays between a decision and its run.
update change_plans
   set state = 'FAILED', finished_at = coalesce(finished_at, now()),
       reason = 'unknown outcome, check: an earlier version was taking it back'
 where state = 'UNDOING';
update change_plans set state = 'WAITING' where state = 'APPROVED';
alter table change_plans drop constraint change_plans_state_check;
alter table change_plans add constraint change_plans_state_check
    check (state in ('WAITING', 'RUNNING', 'DONE', 'FAILED', 'REJECTED', 'EXPIRED', 'SUPERSEDED', 'UNDONE'));

drop index change_plans_open_once;
drop index change_plans_running;
create unique index change_plans_open_once on change_plans (work) where state in ('WAITING', 'RUNNING');
create index change_plans_running on change_plans (state) where state = 'RUNNING';
create index change_plans_queue on change_plans (risk_level, filed_at, id) where state = 'WAITING';
create index change_plans_overdue on change_plans (expires_at) where state = 'WAITING';
create index change_plans_held on change_plans (facts) where held_until is not null;
create index change_plans_by_undone on change_plans (undo_of) where undo_of is not null;

-- How much of a step's time it waited for locks of others.
alter table receipts add column waited_ms bigint;

-- How bad it was when somebody ignored it, and when: worse than that, it is reported again.
alter table findings
    add column ignored_at        timestamptz,
    add column ignored_severity  smallint;
update findings set ignored_severity = severity_rank where state = 'IGNORED';
