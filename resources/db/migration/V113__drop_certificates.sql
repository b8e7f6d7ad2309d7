-- What the planner twin certified of indexes that are proposed for dropping: the last certificate of each, what it
-- was judged from, and why it holds no longer where that has changed since.
create table drop_certificates (
    target_key    text not null,
    database_name text not null,
    schema_name   text not null,
    index_name    text not null,
    at            timestamptz not null,
    basis         text not null,
    voided        text,
    body          text not null,
    primary key (target_key, database_name, schema_name, index_name)
);
