-- Who keeps old row versions from being removed, the worst first?
-- since: 14
-- timeout: 10s
-- params: own_pids int4[]
-- units: transactions; seconds
-- In a table that is not shared only sessions and prepared transactions of its own database count;
-- slots and standbys, without a database here, count everywhere.
select kind, name, database_name, age(xmin)::int8 as xmin_age, seconds, since, detail
  from (select 'session' as kind, a.pid::text as name, a.datname::text as database_name,
               case when a.backend_xmin is null then a.backend_xid
                    when a.backend_xid is null then a.backend_xmin
                    when age(a.backend_xid) > age(a.backend_xmin) then a.backend_xid
                    else a.backend_xmin end as xmin,
               extract(epoch from clock_timestamp() - a.xact_start)::float8 as seconds,
               a.xact_start as since,
               concat_ws(', ', a.usename, a.datname, nullif(a.application_name, ''), a.state) as detail
          from pg_catalog.pg_stat_activity a
         where coalesce(a.backend_xmin, a.backend_xid) is not null and a.pid <> pg_catalog.pg_backend_pid()
           and a.pid <> all (:own_pids) and a.backend_type <> 'walsender'
        union all
        select 'slot', slot_name::text, null, xmin, null, null,
               concat_ws(', ', slot_type, case when active then 'active' else 'inactive' end)
          from pg_catalog.pg_replication_slots where xmin is not null
        union all
        select 'slot', slot_name::text, null, catalog_xmin, null, null,
               concat_ws(', ', slot_type, case when active then 'active' else 'inactive' end, 'catalog only')
          from pg_catalog.pg_replication_slots where xmin is null and catalog_xmin is not null
        union all
        select 'prepared transaction', gid, database::text, transaction,
               extract(epoch from clock_timestamp() - prepared)::float8, prepared,
               concat_ws(', ', owner, database)
          from pg_catalog.pg_prepared_xacts
        union all
        select 'standby', coalesce(pg_catalog.host(client_addr), application_name), null, backend_xmin, null, null, application_name
          from pg_catalog.pg_stat_replication where backend_xmin is not null) h
 order by age(xmin) desc, kind, name
