-- By which of its own settings does autovacuum begin on this table, and may we change them?
-- since: 16
-- timeout: 10s
-- params: schema_name text, table_name text
-- units: share of the rows; rows
select c.oid::int8 as table_oid, pg_catalog.pg_has_role(c.relowner, 'USAGE') as may_alter,
       coalesce(array_to_string(c.reloptions, ', '), '') as options,
       coalesce((o.opt->>'autovacuum_vacuum_scale_factor')::float8,
                current_setting('autovacuum_vacuum_scale_factor')::float8) as factor,
       coalesce((o.opt->>'autovacuum_vacuum_threshold')::int8,
                current_setting('autovacuum_vacuum_threshold')::int8) as threshold
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 cross join lateral (select pg_catalog.jsonb_object_agg(option_name, option_value) as opt
                       from pg_catalog.pg_options_to_table(c.reloptions)) o
 where n.nspname = :schema_name and c.relname = :table_name and c.relkind in ('r', 'm')
