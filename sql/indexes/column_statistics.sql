-- How varied are the columns of these tables, as the last ANALYZE saw them?
-- since: 16
-- timeout: 10s
-- params: table_oids int8[]
-- units: bytes; shares 0 to 1; distinct as in pg_stats: negative = share of the rows
select c.oid::int8 as table_oid, s.attname::text as column_name, s.n_distinct::float8 as distinct_values,
       s.null_frac::float8 as null_share, s.avg_width::int4 as width, a.attlen::int4 as length,
       a.attalign::text as alignment
  from unnest(:table_oids) w(oid)
  join pg_catalog.pg_class c on c.oid = w.oid::oid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_stats s on s.schemaname = n.nspname and s.tablename = c.relname
   and (not s.inherited or c.relkind = 'p')
  join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attname = s.attname
