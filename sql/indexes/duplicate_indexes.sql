-- Which indexes do nothing that another index of the same table does not do as well?
-- since: 17
-- timeout: 30s
-- params: none
-- units: bytes from the catalog's page count; scans since the statistics began
-- exact: same method, keys, operator classes, collations, order, expressions and predicate, and the
-- kept one includes at least the same columns. prefix: a plain B-tree whose keys begin another's.
-- What enforces anything (unique alone, constraint, replica identity, foreign key) is never redundant.
with idx as materialized (
    select x.indexrelid as oid, x.indrelid, c.relam, m.amname, c.relname, c.relkind,
           c.relispartition, c.relpages, x.indnkeyatts::int4 as n,
           x.indkey::int2[] as cols, x.indclass::oid[] as classes, x.indcollation::oid[] as colls,
           x.indoption::int2[] as options, x.indexprs is not null as has_expr,
           x.indpred is not null as has_pred, x.indisunique, x.indnullsnotdistinct,
           x.indimmediate, x.indisreplident, x.indisclustered, x.indisexclusion,
           (x.indkey::int2[])[x.indnkeyatts : x.indnatts - 1] as included
      from pg_index x
      join pg_class c on c.oid = x.indexrelid
      join pg_am m on m.oid = c.relam
     where x.indisvalid and x.indisready and x.indislive and c.relpersistence <> 't'
       and c.relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace,
                                  'pg_toast'::regnamespace)
), candidate as materialized (
    -- Same table, same first key: the only pairs worth a closer look.
    select r.oid as r, k.oid as k, k.n = r.n as same_length
      from idx r
      join idx k on k.indrelid = r.indrelid and k.cols[0] = r.cols[0] and k.oid <> r.oid
     where k.relam = r.relam and k.n >= r.n and k.has_pred = r.has_pred
       and not r.relispartition and r.relkind = k.relkind
       and not r.indisreplident and not r.indisexclusion
       and k.cols[0 : r.n - 1] = r.cols[0 : r.n - 1]
       and k.classes[0 : r.n - 1] = r.classes[0 : r.n - 1]
       and k.colls[0 : r.n - 1] = r.colls[0 : r.n - 1]
       and k.options[0 : r.n - 1] = r.options[0 : r.n - 1]
       and (k.n = r.n and r.included <@ k.included
                      and (not r.indisunique
                           or k.indisunique and k.indnullsnotdistinct = r.indnullsnotdistinct
                              and k.indimmediate = r.indimmediate)
            or k.n > r.n and r.amname = 'btree' and not r.indisunique
                         and r.included <@ (k.cols))
), pair as materialized (
    select c.r, c.k, c.same_length
      from candidate c
      join idx r on r.oid = c.r
      join idx k on k.oid = c.k
     cross join lateral (select exists (select 1 from pg_constraint o where o.conindid = r.oid) as r,
                                exists (select 1 from pg_constraint o where o.conindid = k.oid) as k)
           needed
      left join pg_stat_all_indexes rs on rs.indexrelid = r.oid
      left join pg_stat_all_indexes ks on ks.indexrelid = k.oid
     where not needed.r
       and (not c.same_length
            -- Two equal ones: keep the one that enforces, includes, is used or was there first.
            or row(needed.k, k.indisreplident, k.indisclustered, k.indisunique, k.relispartition,
                   cardinality(k.included), coalesce(ks.idx_scan, 0), -k.oid::int8)
               > row(false, false, r.indisclustered, r.indisunique, false,
                     cardinality(r.included), coalesce(rs.idx_scan, 0), -r.oid::int8))
       and (not r.has_pred
            or (select pg_get_expr(p.indpred, p.indrelid) from pg_index p where p.indexrelid = r.oid)
             = (select pg_get_expr(p.indpred, p.indrelid) from pg_index p where p.indexrelid = k.oid))
       and (not r.has_expr
            or not exists (select 1 from generate_series(1, r.n) g
                            where r.cols[g - 1] = 0
                              and pg_get_indexdef(r.oid, g, false) <> pg_get_indexdef(k.oid, g, false)))
), best as (
    -- One keeper each, by preference one that stays itself.
    select distinct on (p.r) p.*
      from pair p
     order by p.r, exists (select 1 from pair q where q.r = p.k), p.same_length desc, p.k
)
select n.nspname::text as schema_name, t.relname::text as table_name,
       r.relname::text as index_name, k.relname::text as kept_index_name,
       case when b.same_length then 'exact' else 'prefix' end as redundancy,
       r.amname::text as method, r.relkind = 'I' as is_partitioned, r.indisunique as is_unique,
       k.indisunique as kept_is_unique,
       (select o.conname::text from pg_constraint o
         where o.conindid = k.oid and o.contype <> 'f' limit 1) as kept_constraint,
       r.relpages::int8 * current_setting('block_size')::int8 as index_bytes,
       coalesce(rs.idx_scan, 0) as idx_scan, coalesce(ks.idx_scan, 0) as kept_idx_scan,
       pg_get_indexdef(r.oid) as definition, pg_get_indexdef(k.oid) as kept_definition
  from best b
  join idx r on r.oid = b.r
  join idx k on k.oid = b.k
  join pg_class t on t.oid = r.indrelid
  join pg_namespace n on n.oid = t.relnamespace
  left join pg_stat_all_indexes rs on rs.indexrelid = r.oid
  left join pg_stat_all_indexes ks on ks.indexrelid = k.oid
 order by index_bytes desc, 1, 2, 3
