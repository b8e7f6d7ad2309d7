-- What keeps vacuum from removing dead rows?
-- since: 16
-- timeout: 5s
-- params: limit int8
-- units: transactions, seconds
select kind, name, xmin_age, held_seconds, detail from (
  select 'session' as kind, 'pid ' || pid as name, pg_catalog.age(backend_xmin)::int8 as xmin_age,
         extract(epoch from clock_timestamp() - xact_start)::float8 as held_seconds,
         coalesce(usename::text, backend_type) || ', ' || coalesce(state, '') || ', ' || coalesce(application_name, '') as detail
    from pg_catalog.pg_stat_activity where backend_xmin is not null and pid <> pg_catalog.pg_backend_pid() and backend_type <> 'walsender'
  union all
  select 'standby', coalesce(pg_catalog.host(client_addr), application_name), pg_catalog.age(backend_xmin)::int8, null, application_name
    from pg_catalog.pg_stat_replication where backend_xmin is not null
  union all
  select 'replication slot', slot_name::text, greatest(pg_catalog.age(xmin), pg_catalog.age(catalog_xmin))::int8, null,
         case when active then 'in use' else 'not in use' end
    from pg_catalog.pg_replication_slots where xmin is not null or catalog_xmin is not null
  union all
  select 'prepared transaction', gid, pg_catalog.age(transaction)::int8, extract(epoch from clock_timestamp() - prepared)::float8, owner::text
    from pg_catalog.pg_prepared_xacts
) h order by xmin_age desc nulls last limit :limit
