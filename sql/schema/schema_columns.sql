-- Which columns do the tables and views have, in which type and with which defaults?
-- since: 17
-- timeout: 30s
-- params: schemas text[]
-- units: none
-- An empty list of schemas means all but the system's.
select n.nspname::text as schema_name, c.relname::text as table_name,
       case c.relkind when 'r' then 'table' when 'p' then 'partitioned table' when 'v' then 'view'
                      when 'm' then 'materialized view' else 'foreign table' end as table_kind,
       a.attname::text as column_name, a.attnum::int4 as position,
       format_type(a.atttypid, a.atttypmod) as data_type, a.attnotnull as is_not_null,
       pg_get_expr(d.adbin, d.adrelid) as default_expression,
       nullif(a.attidentity, '')::text as identity_kind,
       nullif(a.attgenerated, '')::text as generated_kind,
       case when a.attcollation <> t.typcollation then o.collname::text end as collation_name,
       col_description(c.oid, a.attnum) as comment
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  left join pg_collation o on o.oid = a.attcollation
  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
 where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relpersistence <> 't'
   and (n.nspname = any (:schemas)
        or cardinality(:schemas) = 0
           and n.nspname not in ('information_schema')
           and n.nspname not like 'pg\_%')
 order by 1, 2, a.attnum
