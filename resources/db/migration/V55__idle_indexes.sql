-- Since when an index has been seen without a scan. One row for each that shows none now: an index that is
-- used, or is no longer there, loses its row, and one that is built again starts anew with its new OID.
create table idle_indexes (
    target_key    text not null,
    database_name text not null,
    index_oid     bigint not null,
    first_seen    timestamptz not null,
    seen_at       timestamptz not null,
    primary key (target_key, database_name, index_oid)
);
