-- Tables of PostgreSQL with their copies in Delta: what is to be compared, how, and what the last check found.
create table sync_pairs (
    target_key     text not null,
    database_name  text not null,
    schema_name    text not null,
    table_name     text not null,
    mirror_schema  text not null,
    mirror_table   text not null,
    feed           boolean not null,
    batch          boolean not null,
    truth          text not null check (truth in ('POSTGRESQL', 'DELTA')),
    settle_seconds integer not null check (settle_seconds between 0 and 3600),
    watched        boolean not null,
    set_by         text not null,
    set_at         timestamptz not null default now(),
    result         text,
    checked_at     timestamptz,
    primary key (target_key, database_name, schema_name, table_name)
);
