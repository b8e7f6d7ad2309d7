-- When does autovacuum begin on this table, by which of its own settings, and may we change them?
-- since: 17
-- timeout: 10s
-- params: schema_name text, table_name text
-- units: scale factors 0 to 1, share of the table's rows
select c.oid::int8 as table_oid, pg_catalog.pg_has_role(c.relowner, 'USAGE') as may_alter,
       coalesce((opt->>'autovacuum_enabled')::bool, true) as enabled,
       (opt->>'autovacuum_vacuum_scale_factor')::float8 as own_scale_factor,
       coalesce((opt->>'autovacuum_vacuum_scale_factor')::float8,
                current_setting('autovacuum_vacuum_scale_factor')::float8) as scale_factor
  from (select c.oid, c.relowner, c.relnamespace, c.relname,
               (select pg_catalog.jsonb_object_agg(option_name, option_value)
                  from pg_catalog.pg_options_to_table(c.reloptions)) as opt
          from pg_catalog.pg_class c
         where c.relkind in ('r', 'm')) c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where n.nspname = :schema_name and c.relname = :table_name
