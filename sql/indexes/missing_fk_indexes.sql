-- Which foreign keys have no index that finds a parent's child rows, and which have one?
-- since: 15
-- timeout: 30s
-- params: none
-- units: rows; bytes; parent_changes deletes and updates since the statistics began
-- An index serves if its leading keys are the foreign key's columns in any order, with the column's
-- own collation and an operator family that knows the constraint's equality. Partial ones are listed
-- in partial_predicates: they serve if they leave out nulls and nothing else.
-- Measuring a table waits for its lock: of one locked exclusively, or about to be, the catalog's pages count.
with locked as materialized (
    select relation from pg_catalog.pg_locks
     where mode = 'AccessExclusiveLock' and relation is not null
       and database = (select oid from pg_catalog.pg_database where datname = current_database())
), fk as (
    select c.oid, c.conname, c.conparentid, c.conrelid, c.confrelid, c.conkey, c.conpfeqop,
           cardinality(c.conkey) as n, c.confdeltype, c.confupdtype
      from pg_catalog.pg_constraint c
      join pg_catalog.pg_class t on t.oid = c.conrelid
      join pg_catalog.pg_namespace s on s.oid = t.relnamespace
     where c.contype = 'f' and t.relpersistence <> 't'
       and s.nspname not in ('pg_catalog', 'information_schema')
       and not exists (select from pg_catalog.pg_depend d
                        where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = t.oid
                          and d.deptype = 'e')
), idx as materialized (
    select x.indexrelid, x.indrelid, x.indnkeyatts, x.indkey, x.indcollation, x.indclass, x.indpred,
           x.indisvalid, x.indisready, x.indislive, am.amname,
           string_to_array(x.indkey::text, ' ')::int2[] as key_columns
      from pg_catalog.pg_index x
      join pg_catalog.pg_class i on i.oid = x.indexrelid
      join pg_catalog.pg_am am on am.oid = i.relam
     where x.indrelid in (select conrelid from fk)
), fits as materialized (
    select fk.oid as fk, pg_catalog.pg_get_expr(x.indpred, x.indrelid) as predicate
      from fk
      join idx x on x.indrelid = fk.conrelid
     where x.indisvalid and x.indisready and x.indislive
       and (x.amname = 'btree' and x.indnkeyatts >= fk.n
            or x.amname = 'hash' and fk.n = 1)
       and x.key_columns[1 : fk.n] @> fk.conkey
       and not exists (
           select from unnest(fk.conkey, fk.conpfeqop) k(att, op)
            where not exists (
                select from generate_series(0, fk.n - 1) p
                  join pg_catalog.pg_attribute a on a.attrelid = fk.conrelid and a.attnum = k.att
                  join pg_catalog.pg_opclass o on o.oid = x.indclass[p]
                 where x.indkey[p] = k.att
                   and (x.indcollation[p] = 0 or x.indcollation[p] = a.attcollation)
                   and exists (select from pg_catalog.pg_amop m
                                 join pg_catalog.pg_operator eq on eq.oid = k.op
                                where m.amopfamily = o.opcfamily
                                  and m.amopopr in (eq.oid, eq.oprcom))))
), cover as materialized (
    select fk, bool_or(predicate is null) as is_served,
           array_agg(predicate) filter (where predicate is not null) as predicates
      from fits group by fk
)
select fk.oid::int8 as constraint_oid,
       -- A foreign key of a partition points to that of its partitioned table; the copies made for
       -- partitions of the *referenced* table sit on the same table and count as the same key.
       case when up.conrelid <> fk.conrelid then up.oid::int8 end as parent_constraint_oid,
       coalesce(up.conrelid = fk.conrelid, false) as is_copy,
       fk.conname::text as constraint_name,
       s.nspname::text as schema_name, t.relname::text as table_name, t.oid::int8 as table_oid,
       ps.nspname::text as parent_schema, p.relname::text as parent_table,
       t.relkind = 'p' as is_partitioned,
       array(select a.attname::text from unnest(fk.conkey) with ordinality k(att, pos)
               join pg_catalog.pg_attribute a on a.attrelid = t.oid and a.attnum = k.att
              order by k.pos) as columns,
       array(select quote_ident(a.attname) from unnest(fk.conkey) k(att)
               join pg_catalog.pg_attribute a on a.attrelid = t.oid and a.attnum = k.att) as quoted_columns,
       coalesce(cover.is_served, false) as is_served,
       coalesce(cover.predicates, '{}') as partial_predicates,
       -- The catalog knows nothing of a table never analyzed; asking the disk for every table is slow.
       case when t.reltuples > 0 then t.reltuples
            else pg_catalog.pg_stat_get_live_tuples(t.oid) end::int8 as child_rows,
       case when t.reltuples < 0 and t.oid not in (select relation from locked)
            then pg_catalog.pg_relation_size(t.oid)
            else t.relpages::int8 * current_setting('block_size')::int8 end as child_bytes,
       -- By function: the view of all tables counts the scans of all indexes, too.
       pg_catalog.pg_stat_get_tuples_inserted(t.oid) + pg_catalog.pg_stat_get_tuples_updated(t.oid)
         + pg_catalog.pg_stat_get_tuples_deleted(t.oid) as child_changes,
       pg_catalog.pg_stat_get_tuples_deleted(p.oid) + pg_catalog.pg_stat_get_tuples_updated(p.oid)
         as parent_changes,
       pg_catalog.pg_has_role(t.relowner, 'USAGE') as may_change
  from fk
  join pg_catalog.pg_class t on t.oid = fk.conrelid
  join pg_catalog.pg_namespace s on s.oid = t.relnamespace
  join pg_catalog.pg_class p on p.oid = fk.confrelid
  join pg_catalog.pg_namespace ps on ps.oid = p.relnamespace
  left join cover on cover.fk = fk.oid
  left join pg_catalog.pg_constraint up on up.oid = fk.conparentid
 order by fk.oid
