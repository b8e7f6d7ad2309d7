-- Which columns has this table?
-- since: 16
-- timeout: 5s
-- params: schema_name text, table_name text
-- units: none
select a.attname::text as name, pg_catalog.format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as not_null,
       pg_catalog.pg_get_expr(d.adbin, d.adrelid) as default_value, coalesce(s.null_frac, 0)::float8 as null_share,
       case when s.n_distinct < 0 then null else s.n_distinct::int8 end as distinct_values,
       pg_catalog.col_description(a.attrelid, a.attnum) as comment,
       (count(*) over ()) as x_columns
  from pg_catalog.pg_attribute a
  join pg_catalog.pg_class c on c.oid = a.attrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  left join pg_catalog.pg_stats s on s.schemaname = n.nspname and s.tablename = c.relname and s.attname = a.attname and not s.inherited
 where n.nspname = :schema_name and c.relname = :table_name and a.attnum > 0 and not a.attisdropped
 order by a.attnum
