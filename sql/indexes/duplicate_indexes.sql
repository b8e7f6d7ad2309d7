-- Which indexes begin like another one of their table, and what exactly does each order, hold and enforce?
-- since: 15
-- timeout: 30s
-- params: none
-- units: bytes from the catalog's page count (may lag behind growth); scans since the statistics began
-- Whether one repeats another is judged from these figures in one place, `Redundancy`.
-- keys: per key column its name or expression, operator family and type, collation, order, options.
with recursive shared as (
    -- One that begins with another column (0 = an expression) can replace none.
    select indrelid, indkey[0] as first_key
      from pg_catalog.pg_index
     where indrelid >= 16384
     group by indrelid, indkey[0] having count(*) > 1
), referenced as (
    select distinct conindid from pg_catalog.pg_constraint where contype = 'f'
), part as (
    -- A partitioned index has no pages itself; its size is that of its parts.
    select h.inhparent as root, h.inhrelid as oid
      from pg_catalog.pg_inherits h
      join pg_catalog.pg_class i on i.oid = h.inhparent and i.relkind = 'I'
     union all
    select p.root, h.inhrelid
      from part p join pg_catalog.pg_inherits h on h.inhparent = p.oid
), size as (
    select p.root, sum(c.relpages) as pages
      from part p join pg_catalog.pg_class c on c.oid = p.oid group by p.root
)
select n.nspname::text as schema_name, t.relname::text as table_name, i.relname::text as index_name,
       t.oid::int8 as table_oid, i.oid::int8 as index_oid, am.amname::text as method,
       x.indisunique as is_unique, x.indnullsnotdistinct as nulls_not_distinct,
       x.indimmediate as is_immediate,
       x.indisvalid and x.indisready and x.indislive as is_usable,
       x.indisreplident as is_replica_identity, x.indisclustered as is_clustered,
       con.conname::text as constraint_name, con.contype::text as constraint_type,
       referenced.conindid is not null as serves_foreign_key,
       pg_catalog.pg_get_expr(x.indpred, x.indrelid) as predicate,
       keys.list::text as keys, included.names as included,
       coalesce(array_to_string(i.reloptions, ','), '') as options,
       i.relispartition as is_attached, i.relkind = 'I' as is_partitioned,
       t.relkind = 'p' as is_table_partitioned,
       (i.relpages + coalesce(size.pages, 0))::int8
         * current_setting('block_size')::int8 as index_bytes,
       coalesce(s.idx_scan, 0) as scans, s.last_idx_scan,
       pg_catalog.pg_has_role(t.relowner, 'USAGE') as may_change
  from pg_catalog.pg_index x
  join shared on shared.indrelid = x.indrelid and shared.first_key = x.indkey[0]
  join pg_catalog.pg_class i on i.oid = x.indexrelid
  join pg_catalog.pg_class t on t.oid = x.indrelid
  join pg_catalog.pg_namespace n on n.oid = t.relnamespace
  join pg_catalog.pg_am am on am.oid = i.relam
  left join pg_catalog.pg_constraint con on con.conindid = i.oid and con.contype in ('p', 'u', 'x')
  left join size on size.root = i.oid
  left join referenced on referenced.conindid = i.oid
  left join pg_catalog.pg_stat_all_indexes s on s.indexrelid = i.oid
 cross join lateral (
       select json_agg(json_build_object(
                  'column', a.attname,
                  'expression', case when x.indkey[k] = 0
                                     then pg_catalog.pg_get_indexdef(i.oid, k + 1, false) end,
                  'family', o.opcfamily::int8, 'type', o.opcintype::int8,
                  'collation', x.indcollation[k]::int8, 'option', x.indoption[k],
                  'options', (select array_to_string(ia.attoptions, ',')
                                from pg_catalog.pg_attribute ia
                               where ia.attrelid = i.oid and ia.attnum = k + 1)) order by k) as list
         from generate_series(0, x.indnkeyatts - 1) k
         join pg_catalog.pg_opclass o on o.oid = x.indclass[k]
         left join pg_catalog.pg_attribute a
                on a.attrelid = t.oid and a.attnum = x.indkey[k] and x.indkey[k] <> 0) keys
 cross join lateral (
       select coalesce(array_agg(a.attname::text order by a.attnum), '{}') as names
         from generate_series(x.indnkeyatts::int, x.indnatts - 1) k
         join pg_catalog.pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[k]) included
 where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\_toast%'
   and t.relpersistence <> 't'
   and not exists (select from pg_catalog.pg_depend d
                    where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = t.oid
                      and d.deptype = 'e')
 order by t.oid, i.oid
