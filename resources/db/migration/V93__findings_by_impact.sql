-- What mending a finding gives, so that lists are ranked and summed without reading bodies. No index has these
-- figures: they change with every run, and findings are updated in place.
alter table findings
    add column table_name  text not null default '',
    add column bytes_freed bigint not null default 0,
    add column ms_per_hour double precision not null default 0;

update findings set table_name = coalesce(body::json #>> '{subject,table}', '');

-- The last index analysis of each target, in figures.
create table index_summaries (
    target_key text primary key,
    at         timestamptz not null,
    body       text not null
);
