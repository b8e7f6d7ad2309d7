-- Which tables of this database have gone longest without a freeze, by transactions and by multixacts?
-- since: 17
-- timeout: 15s
-- params: top int8
-- units: ages in transactions or multixacts, of the table or its TOAST table, whichever is older; bytes
-- freeze_max_age: when autovacuum vacuums it against wraparound, by its own setting if that is lower.
-- freeze_table_age: from then on any vacuum of it is aggressive, no more than 95 % of the former.
with aged as (
    select c.oid, c.relnamespace, c.relname, c.reloptions, c.relpages,
           greatest(age(c.relfrozenxid), coalesce(age(t.relfrozenxid), 0))::int8 as xid_age,
           greatest(mxid_age(c.relminmxid), coalesce(mxid_age(t.relminmxid), 0))::int8 as multixact_age
      from pg_catalog.pg_class c
      left join pg_catalog.pg_class t on t.oid = c.reltoastrelid
     where c.relkind in ('r', 'm') and c.relfrozenxid <> '0'
), oldest as (
    (select * from aged order by xid_age desc limit :top)
    union
    (select * from aged order by multixact_age desc limit :top)
)
select n.nspname::text as schema_name, o.relname::text as table_name, o.xid_age, o.multixact_age,
       o.relpages::int8 * current_setting('block_size')::int8 as table_bytes,
       least((select option_value::int8 from pg_catalog.pg_options_to_table(o.reloptions)
               where option_name = 'autovacuum_freeze_max_age'),
             current_setting('autovacuum_freeze_max_age')::int8) as freeze_max_age,
       least(coalesce((select option_value::int8 from pg_catalog.pg_options_to_table(o.reloptions)
                        where option_name = 'autovacuum_freeze_table_age'),
                      current_setting('vacuum_freeze_table_age')::int8),
             (0.95 * current_setting('autovacuum_freeze_max_age')::int8)::int8) as freeze_table_age,
       pg_catalog.has_table_privilege(o.oid, 'MAINTAIN') as may_maintain,
       exists (select from pg_catalog.pg_stat_progress_vacuum p where p.relid = o.oid) as vacuum_running
  from oldest o
  join pg_catalog.pg_namespace n on n.oid = o.relnamespace
 order by greatest(o.xid_age, o.multixact_age) desc
