-- What people asked and what was answered. A conversation belongs to the person who asked; `said` holds all
-- questions and verdicts in lower case, for the search.
create table conversations (
    id         uuid primary key,
    asked_by   text not null,
    target_key text not null,
    title      text not null,
    kind       text not null,
    tone       text not null,
    summary    text not null,
    exchanges  integer not null,
    said       text not null,
    started_at timestamptz not null,
    updated_at timestamptz not null
);
create index conversations_by_person on conversations (asked_by, updated_at desc);

create table conversation_exchanges (
    id              uuid primary key,
    conversation_id uuid not null references conversations (id) on delete cascade,
    number          integer not null,
    question        text not null,
    own_sql         boolean not null,
    asked_at        timestamptz not null,
    said            text not null,
    answer          text not null,
    filed           text not null default '{}',
    unique (conversation_id, number)
);

-- Answers that belong to a plan or an alert; they stay as long as that does.
create table answer_pins (
    exchange_id uuid not null references conversation_exchanges (id) on delete cascade,
    item_kind   text not null check (item_kind in ('PLAN', 'ALERT')),
    item_id     text not null,
    pinned_by   text not null,
    pinned_at   timestamptz not null,
    primary key (exchange_id, item_kind, item_id)
);
create index answer_pins_by_item on answer_pins (item_kind, item_id);
