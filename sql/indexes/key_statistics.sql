-- How wide are the keys of these indexes, how often do they repeat, and can equal ones be merged?
-- since: 16
-- timeout: 30s
-- params: index_oids int8[]
-- units: bytes; shares 0 to 1; distinct as in pg_stats: negative = share of the rows
-- One row a column, included ones too; width is null where there are no statistics or they are hidden.
-- lengths: of sampled texts, one byte a header; text only, the width of other types says enough.
-- equal_image: equal values have the same bytes, so the B-tree may merge them (support function 4).
select x.indexrelid::int8 as index_oid, a.attnum::int4 as position, a.attnum <= x.indnkeyatts as is_key,
       a.attlen::int4 as length, a.attalign::text as alignment,
       s.avg_width as width, s.null_frac::float8 as null_share, s.n_distinct::float8 as distinct_values,
       coalesce(s.most_common_freqs, '{}')::float8[] as common_shares,
       case when t.typcategory = 'S' and t.typlen = -1
            then array(select octet_length(v) + 1 from unnest(
                         coalesce(s.histogram_bounds, s.most_common_vals)::text::text[]) v) end as lengths,
       coalesce(image.known and c.deterministic, false) as equal_image
  from unnest(:index_oids) w(oid)
  join pg_catalog.pg_index x on x.indexrelid = w.oid::oid
  join pg_catalog.pg_class i on i.oid = x.indexrelid
  join pg_catalog.pg_class tab on tab.oid = x.indrelid
  join pg_catalog.pg_namespace n on n.oid = tab.relnamespace
  join pg_catalog.pg_attribute a on a.attrelid = i.oid and a.attnum > 0
  join pg_catalog.pg_type t on t.oid = a.atttypid
  left join pg_catalog.pg_attribute ta
         on ta.attrelid = tab.oid and ta.attnum = x.indkey[a.attnum - 1] and ta.attnum > 0
 cross join lateral (
       select exists (select from pg_catalog.pg_opclass o
                        join pg_catalog.pg_amproc p
                          on p.amprocfamily = o.opcfamily and p.amproclefttype = o.opcintype
                         and p.amprocrighttype = o.opcintype and p.amprocnum = 4
                       where o.oid = x.indclass[a.attnum - 1]) as known) image
 cross join lateral (
       select coalesce(bool_and(co.collisdeterministic), true) as deterministic
         from pg_catalog.pg_collation co where co.oid = x.indcollation[a.attnum - 1]) c
  -- Expressions have their statistics under the index's own name.
  left join pg_catalog.pg_stats s
         on s.schemaname = n.nspname
        and s.tablename = case when ta.attnum is null then i.relname else tab.relname end
        and s.attname = coalesce(ta.attname, a.attname)
        and not s.inherited
 order by x.indexrelid, a.attnum
