-- The journal of rows that move between a table and its archive in Delta. A step that was killed goes on from
-- here: what a portion has come to is written before and after everything that is done with it.
create table archivals (
    id              uuid primary key,
    number          bigint generated always as identity unique,
    target_key      text not null,
    database_name   text not null,
    schema_name     text not null,
    table_name      text not null,
    archive_table   text not null,
    cold_before     timestamptz not null,
    cold_days       int not null,
    step            text not null,
    plan_id         uuid not null,
    phase           text not null,
    status          text not null,
    started_at      timestamptz not null,
    phase_at        timestamptz not null,
    finished_at     timestamptz,
    error           text,
    bytes_before    bigint not null,
    bytes_freed     bigint,
    checksum        text,
    manifest        text
);

create index archivals_by_target on archivals (target_key, started_at desc);

create table archival_portions (
    archival_id  uuid not null references archivals (id) on delete cascade,
    number       int not null,
    piece        int not null,
    first_key    text not null,
    last_key     text not null,
    state        text not null,
    row_count    bigint not null,
    hash_sum     text,
    version      bigint,
    next_batch   int not null default 0,
    pending_xid  text,
    pending_kept text,
    kept         text not null default '[]',
    done_at      timestamptz,
    primary key (archival_id, number)
);
