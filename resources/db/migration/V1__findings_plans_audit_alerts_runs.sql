-- What changes over time in LakebaseOps itself. Facts that are only appended (statistics, metrics)
-- live in Delta tables, not here. Bodies are canonical JSON kept as text: jsonb would reorder keys
-- and lose the exact bytes that fingerprints and the audit chain are computed from.

create table findings (
    fingerprint    text primary key,
    target_key     text not null,
    kind           text not null,
    severity_rank  smallint not null,
    body           text not null,
    state          text not null check (state in ('OPEN', 'CLOSED', 'IGNORED')),
    first_seen     timestamptz not null,
    last_seen      timestamptz not null,
    times_seen     integer not null default 1,
    closed_at      timestamptz,
    ignored_by     text,
    ignore_reason  text,
    ignored_until  timestamptz
);
create index findings_by_target on findings (target_key, state, kind);

create table change_plans (
    id                   uuid primary key,
    fingerprint          text not null,
    target_key           text not null,
    tool                 text not null,
    title                text not null,
    finding_fingerprint  text,
    alert_id             text,
    body                 text not null,
    risk                 text not null,
    risk_level           text not null check (risk_level in ('LOW', 'MEDIUM', 'HIGH')),
    state                text not null check (state in ('WAITING', 'APPROVED', 'RUNNING', 'DONE',
                             'FAILED', 'REJECTED', 'EXPIRED', 'SUPERSEDED', 'UNDOING', 'UNDONE')),
    filed_at             timestamptz not null,
    expires_at           timestamptz not null,
    decided_by           text,
    decided_at           timestamptz,
    reason               text,
    verification         text,
    finished_at          timestamptz,
    runner               text,
    superseded_by        uuid references change_plans (id)
);
-- Two processes filing the same plan at once end up with one open row.
create unique index change_plans_open_once on change_plans (fingerprint)
    where state in ('WAITING', 'APPROVED', 'RUNNING', 'UNDOING');
create index change_plans_open_by_finding on change_plans (finding_fingerprint)
    where state = 'WAITING';
create index change_plans_by_decision on change_plans (decided_at desc);
create index change_plans_running on change_plans (state) where state in ('RUNNING', 'UNDOING');

create table decisions (
    id           bigint generated always as identity primary key,
    plan_id      uuid not null references change_plans (id),
    act          text not null check (act in ('approve', 'reject', 'expire', 'supersede', 'undo')),
    actor        text not null,
    actor_kind   text not null,
    shown        text,
    typed_name   text,
    reason       text,
    decided_at   timestamptz not null
);
create index decisions_by_plan on decisions (plan_id);
create index decisions_by_time on decisions (decided_at);

create table receipts (
    id           bigint generated always as identity primary key,
    plan_id      uuid not null references change_plans (id),
    phase        text not null check (phase in ('run', 'undo', 'cleanup')),
    step_no      integer not null,
    title        text not null,
    statement    text not null,
    started_at   timestamptz not null,
    duration_ms  bigint,
    row_count    bigint,
    outcome      text not null check (outcome in ('STARTED', 'DONE', 'FAILED')),
    error        text
);
create index receipts_by_plan on receipts (plan_id, id);
create index receipts_by_time on receipts (started_at);

create table audit_chain (
    seq            bigint primary key,
    at             timestamptz not null,
    kind           text not null,
    plan_id        uuid,
    actor          text not null,
    body           text not null,
    previous_hash  text not null,
    hash           text not null
);
create index audit_chain_by_plan on audit_chain (plan_id);

-- How long the chain is and where it ends: without it, cutting off the newest entries would leave a
-- shorter chain that still fits together.
create table audit_head (
    only_row  boolean primary key default true check (only_row),
    entries   bigint not null,
    hash      text not null
);
insert into audit_head (entries, hash) values (0, repeat('0', 64));

create function audit_chain_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'The audit chain is append-only: % refused', tg_op
        using errcode = 'insufficient_privilege';
end $$;
create trigger audit_chain_append_only before update or delete on audit_chain
    for each row execute function audit_chain_is_append_only();
create trigger audit_chain_no_truncate before truncate on audit_chain
    for each statement execute function audit_chain_is_append_only();

create function audit_head_only_moves_on() returns trigger language plpgsql as $$
begin
    if tg_op <> 'UPDATE' or new.entries <> old.entries + 1 then
        raise exception 'The head of the audit chain only moves on by one: % refused', tg_op
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger audit_head_moves_on before update or delete on audit_head
    for each row execute function audit_head_only_moves_on();

create table alerts (
    id               text primary key,
    target_key       text not null,
    metric           text not null,
    severity         text not null,
    value            double precision not null,
    threshold        double precision not null,
    target           text not null,
    subject          text not null,
    message          text not null,
    opened_at        timestamptz not null,
    updated_at       timestamptz not null,
    recovered_at     timestamptz,
    acknowledged_by  text,
    acknowledged_at  timestamptz,
    handled_by       text
);
create unique index alerts_active_once on alerts (target_key, metric) where recovered_at is null;
create index alerts_by_time on alerts (opened_at desc);

create table alert_mutes (
    target_key   text not null,
    metric       text not null,
    muted_by     text not null,
    muted_until  timestamptz not null,
    primary key (target_key, metric)
);

create table job_schedule (
    job          text primary key,
    paused       boolean not null default false,
    paused_by    text,
    last_tick    timestamptz,
    updated_at   timestamptz not null default now()
);

create table job_runs (
    id           uuid primary key,
    job          text not null,
    trigger      text not null,
    state        text not null check (state in ('RUNNING', 'OK', 'FAILED', 'SKIPPED', 'CANCELLED')),
    started_at   timestamptz not null,
    ended_at     timestamptz,
    runner       text,
    log          text not null default '[]'
);
create index job_runs_by_job on job_runs (job, started_at desc);
create index job_runs_by_time on job_runs (started_at desc);

create table tool_runs (
    id           uuid primary key,
    tool         text not null,
    target_key   text not null,
    actor        text not null,
    status       text not null,
    source       text,
    findings     integer not null default 0,
    plans        text not null default '[]',
    input        text,
    report       text,
    error        text,
    started_at   timestamptz not null,
    duration_ms  bigint
);
create index tool_runs_by_tool on tool_runs (tool, started_at desc);
create index tool_runs_by_time on tool_runs (started_at desc);

create table settings (
    name        text primary key,
    value       text not null,
    updated_by  text not null,
    updated_at  timestamptz not null default now()
);
