-- Which B-tree indexes are much larger than their entries need?
-- since: 17
-- timeout: 60s
-- params: min_bytes int8, min_ratio float8
-- units: bytes; bloat_ratio = actual over expected size
-- An estimate from column statistics. Each key column is padded by its own alignment, and equal
-- keys share one posting list (B-tree deduplication, since 13): at most a tenth of a page each.
-- Without statistics for a column the index is left out, not guessed.
-- Measuring a table waits for its lock: of one locked exclusively, or about to be, the catalog's pages count,
-- and its indexes have no definition here.
with recursive locked as materialized (
    select relation from pg_catalog.pg_locks
     where mode = 'AccessExclusiveLock' and relation is not null
       and database = (select oid from pg_catalog.pg_database where datname = current_database())
), big as materialized (
    select i.oid, i.relname, i.relnamespace, x.indrelid, x.indnatts, x.indnkeyatts, x.indisunique,
           i.relpages, greatest(i.reltuples, 0)::float8 as entries,
           current_setting('block_size')::float8 as page,
           coalesce((select o.option_value::float8 from pg_options_to_table(i.reloptions) o
                      where o.option_name = 'fillfactor'), 90) / 100 as fill,
           coalesce((select o.option_value::bool from pg_options_to_table(i.reloptions) o
                      where o.option_name = 'deduplicate_items'), true)
               and x.indnkeyatts = x.indnatts and not x.indisunique as dedups,
           x.indkey, t.relname as table_name, n.nspname as schema_name
      from pg_index x
      join pg_class i on i.oid = x.indexrelid
      join pg_class t on t.oid = x.indrelid
      join pg_namespace n on n.oid = t.relnamespace
      join pg_am m on m.oid = i.relam
     where m.amname = 'btree' and i.relkind = 'i' and x.indisvalid and x.indpred is null
       and i.relpersistence <> 't'
       and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
       and i.relpages * current_setting('block_size')::int8 >= :min_bytes
), columns as materialized (
    select b.oid, a.attnum, s.avg_width::float8 as width, s.null_frac,
           case when s.n_distinct >= 0 then greatest(s.n_distinct, 1)
                else -s.n_distinct * b.entries end as distinct_keys,
           case when a.attlen = -1 and s.avg_width < 127 then 1
                else case a.attalign when 'c' then 1 when 's' then 2 when 'i' then 4 else 8 end
           end as align,
           -- These types compare equal with different bytes, so B-trees never merge them.
           a.atttypid in ('numeric'::regtype, 'float4'::regtype, 'float8'::regtype,
                          'jsonb'::regtype) as never_equal_image
      from big b
      join pg_attribute a on a.attrelid = b.oid
      left join pg_attribute ta on ta.attrelid = b.indrelid and ta.attnum = b.indkey[a.attnum - 1]
                               and b.indkey[a.attnum - 1] <> 0
      -- Expressions have their statistics under the index's own name.
      left join pg_stats s
             on s.schemaname = b.schema_name
            and s.tablename = case when ta.attnum is null then b.relname else b.table_name end
            and s.attname = coalesce(ta.attname, a.attname)
            and not s.inherited
), laid_out as (
    select b.oid, 0 as attnum, 0::float8 as width from big b
     union all
    select l.oid, c.attnum::int4,
           ceil(l.width / c.align) * c.align + c.width * (1 - c.null_frac)
      from laid_out l
      join columns c on c.oid = l.oid and c.attnum = l.attnum + 1
), keyed as (
    select b.oid, max(l.width) as width, bool_or(c.null_frac > 0) as nulls,
           bool_or(c.width is null) as blind, bool_or(c.never_equal_image) as unmerged,
           least(exp(sum(ln(greatest(c.distinct_keys, 1)))), greatest(b.entries, 1)) as groups
      from big b
      join columns c on c.oid = b.oid
      join laid_out l on l.oid = b.oid and l.attnum = c.attnum
     group by b.oid, b.entries
), sized as (
    select b.*, k.groups, k.unmerged,
           ceil(((case when k.nulls then 16 else 8 end) + k.width) / 8) * 8 as tuple,
           greatest(b.entries / k.groups, 1) as per_group
      from big b
      join keyed k on k.oid = b.oid
     where not k.blind
), leaves as (
    select s.*,
           -- Entries one posting list can hold: 812 bytes of an 8 kB page, 6 bytes each.
           case when s.dedups and not s.unmerged and s.per_group >= 2
                then least(s.per_group, floor((s.page / 10 - 8 - s.tuple) / 6)) else 1 end as merged
      from sized s
), expected as (
    select l.*,
           1 + ceil(1.005 * (l.entries / greatest(l.merged, 1))
                * (case when l.merged > 1 then ceil((l.tuple + 6 * l.merged) / 8) * 8 else l.tuple
                   end + 4)
                / ((l.page - 24 - 16) * l.fill)) as pages
      from leaves l
)
select e.schema_name::text, e.table_name::text, e.relname::text as index_name,
       a.bytes as actual_bytes, (e.pages * e.page)::int8 as expected_bytes,
       greatest(a.bytes - (e.pages * e.page)::int8, 0) as wasted_bytes,
       a.bytes / (e.pages * e.page) as bloat_ratio,
       e.indisunique as is_unique, e.merged > 1 as deduplicated,
       case when e.indrelid not in (select relation from locked)
            then pg_get_indexdef(e.oid) end as definition
  from expected e
 cross join lateral (select case when e.oid in (select relation from locked)
                                 then e.relpages::int8 * e.page::int8
                                 else pg_relation_size(e.oid) end as bytes) a
 where a.bytes >= :min_bytes
   and a.bytes / (e.pages * e.page) >= :min_ratio
 order by wasted_bytes desc, 1, 2, 3
