-- Lists the partitions of a table with their bounds, sizes and last reads.
-- since: 16
-- timeout: 15s
-- params: schema_name text, table_name text
-- units: total_bytes bytes
select cn.nspname as schema_name,
       c.relname as table_name,
       (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'FROM \(''([^'']+)''\)'))[1]::timestamptz as from_time,
       (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \(''([^'']+)''\)'))[1]::timestamptz as to_time,
       format('create table %I.%I partition of %I.%I %s', cn.nspname, c.relname, n.nspname, p.relname,
              pg_get_expr(c.relpartbound, c.oid)) as remake,
       c.relkind = 'r' as is_leaf,
       greatest(c.reltuples, 0)::bigint as estimated_rows,
       pg_total_relation_size(c.oid) as total_bytes,
       greatest(s.last_seq_scan, s.last_idx_scan) as last_read
  from pg_class as p
  join pg_namespace as n on n.oid = p.relnamespace
  join pg_inherits as h on h.inhparent = p.oid
  join pg_class as c on c.oid = h.inhrelid
  join pg_namespace as cn on cn.oid = c.relnamespace
  left join pg_stat_all_tables as s on s.relid = c.oid
 where n.nspname = :schema_name and p.relname = :table_name
 order by c.relname
