-- Tables whose vacuum waits for a quiet hour of their server. A row goes when its hour has come: whoever takes
-- it runs it, so that of several consoles one does.
create table postponed_vacuums (
    target_key    text not null,
    target        text not null,
    database_name text not null,
    schema_name   text not null,
    table_name    text not null,
    asked_by      text not null,
    not_before    timestamptz not null,
    primary key (target_key, database_name, schema_name, table_name)
);
