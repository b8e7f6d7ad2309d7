-- Makes the table of applied migrations, in the shape Flyway gives it.
-- since: 15
-- timeout: 10s
-- params: none
-- units: none
-- idents: table, key
create table {table} (
    installed_rank integer not null,
    version character varying(50),
    description character varying(200) not null,
    type character varying(20) not null,
    script character varying(1000) not null,
    checksum integer,
    installed_by character varying(100) not null,
    installed_on timestamp without time zone not null default now(),
    execution_time integer not null,
    success boolean not null,
    constraint {key} primary key (installed_rank)
)
