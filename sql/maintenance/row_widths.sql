-- How wide are the rows of the larger tables, column by column, as the last ANALYZE saw them?
-- since: 14
-- timeout: 30s
-- params: min_bytes int8
-- units: bytes; shares 0 to 1
-- A table with a column nobody analysed, or that the login may not read, is left out.
select c.oid::int8 as table_oid,
       array_agg(a.attlen::int4 order by a.attnum) as lengths,
       array_agg(a.attalign::text order by a.attnum) as alignments,
       array_agg(st.avg_width order by a.attnum) as widths,
       array_agg(st.null_frac::float8 order by a.attnum) as null_shares
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_catalog.pg_stats st
         on st.schemaname = n.nspname and st.tablename = c.relname and st.attname = a.attname
        and not st.inherited
 where c.relkind in ('r', 'm') and c.relpersistence <> 't'
   and c.relpages::int8 * current_setting('block_size')::int8 >= :min_bytes
   and n.nspname not in ('pg_catalog', 'information_schema')
 group by c.oid
having count(*) = count(st.avg_width)
