-- Flyway's history table, as Flyway itself makes it. A database with tables but no history is not
-- guessed about: baseline it with Flyway first.
do $$
begin
  if pg_catalog.to_regclass('flyway_schema_history') is null then
    if exists (select from pg_catalog.pg_class c
                where c.relnamespace = pg_catalog.to_regnamespace(pg_catalog.current_schema())
                  and c.relkind in ('r', 'p')) then
      raise exception 'schema % has tables but no flyway_schema_history: run flyway baseline once',
        pg_catalog.current_schema();
    end if;
    create table flyway_schema_history (
      installed_rank int not null constraint flyway_schema_history_pk primary key,
      version varchar(50),
      description varchar(200) not null,
      type varchar(20) not null,
      script varchar(1000) not null,
      checksum int,
      installed_by varchar(100) not null,
      installed_on timestamp not null default now(),
      execution_time int not null,
      success boolean not null);
    create index flyway_schema_history_s_idx on flyway_schema_history (success);
  end if;
end
$$;
