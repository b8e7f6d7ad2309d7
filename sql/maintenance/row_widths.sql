-- How wide are the rows of the larger tables, column by column, as the last ANALYZE saw them?
-- since: 14
-- timeout: 30s
-- params: min_bytes int8
-- units: bytes; shares 0 to 1; unseen_bytes of the pages vacuum has not found all visible
-- A table with a column nobody analysed, or that the login may not read, is left out.
-- sampled: 'bytes:share …' as stored, of texts and numbers of the 500 largest tables; else empty.
with big as (
    select c.oid, c.relname, n.nspname, c.relnatts, c.relpages, c.relallvisible,
           row_number() over (order by c.relpages desc) as place
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'm') and c.relpersistence <> 't'
       and c.relpages::int8 * current_setting('block_size')::int8 >= :min_bytes
       and n.nspname not in ('pg_catalog', 'information_schema')
)
select b.oid::int8 as table_oid, b.relnatts::int4 as attributes,
       coalesce((select sum(greatest(x.attlen, 8)) from pg_catalog.pg_attribute x
                  where x.attrelid = b.oid and x.attnum > 0 and x.attisdropped), 0)::int4 as dropped_bytes,
       (greatest(b.relpages - b.relallvisible, 0)::int8 * current_setting('block_size')::int8) as unseen_bytes,
       array_agg(a.attlen::int4 order by a.attnum) as lengths,
       array_agg(a.attalign::text order by a.attnum) as alignments,
       array_agg(st.avg_width order by a.attnum) as widths,
       array_agg(st.null_frac::float8 order by a.attnum) as null_shares,
       array_agg(coalesce(seen.sampled, '') order by a.attnum) as sampled
  from big b
  join pg_catalog.pg_attribute a on a.attrelid = b.oid and a.attnum > 0 and not a.attisdropped
  join pg_catalog.pg_type t on t.oid = a.atttypid
  left join pg_catalog.pg_stats st
         on st.schemaname = b.nspname and st.tablename = b.relname and st.attname = a.attname
        and not st.inherited
  left join lateral (
       select string_agg(v.bytes || ':' || v.share::float4, ' ') as sampled
         from (select case when t.oid = 'numeric'::regtype then pg_column_size(e.v::numeric) - 3
                           else octet_length(e.v) + 1 end as bytes,
                      sum(e.share) as share
                 from (select m.v, m.share::float8
                         from unnest(st.most_common_vals::text::text[], st.most_common_freqs) m(v, share)
                        union all
                       select h.v, greatest(0.0001, 1 - st.null_frac - coalesce(
                                  (select sum(f) from unnest(st.most_common_freqs) f), 0))
                                  / array_length(st.histogram_bounds::text::text[], 1)
                         from unnest(st.histogram_bounds::text::text[]) h(v)) e
                group by 1) v) seen
         on b.place <= 500 and (t.oid = 'numeric'::regtype or t.typcategory = 'S' and t.typlen = -1)
 group by b.oid, b.relnatts, b.relpages, b.relallvisible
having count(*) = count(st.avg_width)
