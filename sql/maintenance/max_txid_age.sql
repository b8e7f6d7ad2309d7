-- How old is the oldest transaction id, and what holds the cleanup horizon back?
-- since: 17
-- timeout: 10s
-- params: none
-- units: transactions or multixacts; holder_xmin_age null if nothing holds it
with holder as (
    select 'session' as kind, a.pid::text as name,
           greatest(age(a.backend_xmin), age(a.backend_xid)) as xmin_age
      from pg_stat_activity a
     where a.pid <> pg_backend_pid() and (a.backend_xmin is not null or a.backend_xid is not null)
       and a.backend_type <> 'walsender'
     union all
    select 'slot', s.slot_name::text, greatest(age(s.xmin), age(s.catalog_xmin))
      from pg_replication_slots s
     where s.xmin is not null or s.catalog_xmin is not null
     union all
    select 'prepared_transaction', p.gid, age(p.transaction)
      from pg_prepared_xacts p
     union all
    select 'standby', coalesce(nullif(r.application_name, ''), r.pid::text), age(r.backend_xmin)
      from pg_stat_replication r
     where r.backend_xmin is not null
)
select (select max(age(datfrozenxid)) from pg_database)::int8 as xid_age,
       (select max(mxid_age(datminmxid)) from pg_database)::int8 as multixact_age,
       (select datname::text from pg_database order by age(datfrozenxid) desc, 1 limit 1)
           as oldest_database,
       h.kind as holder_kind, h.name as holder_name, h.xmin_age::int8 as holder_xmin_age
  from (select 1) one
  left join (select * from holder order by xmin_age desc nulls last limit 1) h on true
