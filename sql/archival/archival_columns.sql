-- Lists the columns of a table with their place in the primary key.
-- since: 13
-- timeout: 15s
-- params: schema_name text, table_name text
-- units: none
select a.attname as column_name,
       format_type(a.atttypid, a.atttypmod) as type_name,
       coalesce(b.typname, y.typname) as base_type,
       case when coalesce(b.typname, y.typname) = 'numeric' and a.atttypmod > 4 and y.typtype <> 'd'
            then ((a.atttypmod - 4) >> 16) & 65535 end as numeric_precision,
       case when coalesce(b.typname, y.typname) = 'numeric' and a.atttypmod > 4 and y.typtype <> 'd'
            then (a.atttypmod - 4) & 2047 end as numeric_scale,
       a.attgenerated <> '' as is_generated,
       a.attidentity <> '' as is_identity,
       a.attnotnull as is_not_null,
       y.typtype = 'd' and y.typnotnull as is_not_null_domain,
       array_position(i.indkey::int2[], a.attnum) as key_place
  from pg_class as c
  join pg_namespace as n on n.oid = c.relnamespace
  join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type as y on y.oid = a.atttypid
  left join pg_type as b on b.oid = y.typbasetype
  left join pg_index as i on i.indrelid = c.oid and i.indisprimary
 where n.nspname = :schema_name and c.relname = :table_name
 order by a.attnum
