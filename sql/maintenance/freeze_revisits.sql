-- Which tables does autovacuum visit for their transaction ids again and again, since it leaves rows
-- unfrozen that are older than the table's own limit?
-- since: 16
-- timeout: 30s
-- params: none
-- units: ages in transactions
-- As vacuum does, no more than half of the server's autovacuum_freeze_max_age counts as minimum age;
-- the table's own limit is not looked at there.
with t as (
    select n.nspname::text as schema_name, c.relname::text as table_name, age(c.relfrozenxid)::int8 as xid_age,
           (select jsonb_object_agg(o.option_name, o.option_value)
              from pg_options_to_table(c.reloptions) o) as opt
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'm') and c.relpersistence <> 't' and c.reloptions is not null
), limits as (
    select schema_name, table_name, xid_age,
           least((opt ->> 'autovacuum_freeze_max_age')::int8,
                 current_setting('autovacuum_freeze_max_age')::int8) as freeze_max_age,
           least(coalesce((opt ->> 'autovacuum_freeze_min_age')::int8,
                          current_setting('vacuum_freeze_min_age')::int8),
                 current_setting('autovacuum_freeze_max_age')::int8 / 2) as freeze_min_age
      from t
     where opt ? 'autovacuum_freeze_max_age'
)
select schema_name, table_name, xid_age, freeze_max_age, freeze_min_age
  from limits
 where freeze_min_age >= freeze_max_age
 order by 1, 2
