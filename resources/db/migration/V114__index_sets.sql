-- The best set of indexes that was searched last for each database, with its curve and what each index is for.
create table index_sets (
    target_key    text not null,
    database_name text not null,
    at            timestamptz not null,
    body          text not null,
    primary key (target_key, database_name)
);
