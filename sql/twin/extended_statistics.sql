-- What do extended statistics say of columns that depend on each other?
-- since: 17
-- timeout: 20s
-- params: none
-- units: as pg_stats_ext prints them, with numbers of columns
-- Lists of common combinations and statistics of expressions are not taken along: no type reads them back.
select s.schemaname::text as schema_name, s.tablename::text as relation_name,
       s.statistics_schemaname::text as statistics_schema, s.statistics_name::text as statistics_name,
       s.inherited, s.n_distinct::text as distinct_values, s.dependencies::text as dependencies,
       coalesce('m' = any (s.kinds) or 'e' = any (s.kinds), false) as has_more,
       (select pg_catalog.json_object_agg(a.attnum, a.attname)::text
          from pg_catalog.pg_attribute a
          join pg_catalog.pg_class c on c.oid = a.attrelid
          join pg_catalog.pg_namespace n on n.oid = c.relnamespace
         where n.nspname = s.schemaname and c.relname = s.tablename and a.attnum > 0) as columns
  from pg_catalog.pg_stats_ext s
