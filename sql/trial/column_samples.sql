-- Which values do the columns of these relations hold, by the planner's own statistics?
-- since: 15
-- timeout: 15s
-- params: relations text[]
-- units: none
select s.schemaname as schema_name, s.tablename as table_name, s.attname as column_name,
       coalesce(s.most_common_vals::text::text[], '{}') as common,
       coalesce(s.histogram_bounds::text::text[], '{}') as spread
  from pg_catalog.pg_stats s
 where s.tablename = any (:relations)
   and s.schemaname not in ('pg_catalog', 'information_schema')
 order by s.schemaname, s.tablename, s.attname
