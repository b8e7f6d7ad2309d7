-- Messages about alerts, per channel: what is to be sent, what was sent, and why something was not. `round` counts
-- how often the alert had come back by then, so that one that is back can be told again.
create table notifications (
    id          uuid primary key,
    alert_id    text not null references alerts (id) on delete cascade,
    channel     text not null,
    act         text not null check (act in ('TRIGGER', 'ESCALATE', 'ACKNOWLEDGE', 'RESOLVE')),
    severity    text not null,
    round       integer not null,
    state       text not null check (state in ('WAITING', 'SENT', 'FAILED', 'DROPPED')),
    created_at  timestamptz not null,
    due_at      timestamptz not null,
    attempts    integer not null default 0,
    ended_at    timestamptz,
    reason      text,
    receipt     text,
    unique (alert_id, channel, act, severity, round)
);
create index notifications_due on notifications (due_at) where state = 'WAITING';
create index change_plans_by_alert on change_plans (alert_id) where alert_id is not null;
