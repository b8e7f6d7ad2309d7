-- Which foreign keys have no index that finds a parent's child rows?
-- since: 17
-- timeout: 30s
-- params: none
-- units: rows; bytes from the catalog's page count, from the disk where it was never analyzed; changes since the statistics began
-- Served by a valid B-tree whose leading keys are the foreign key's columns in any order, or by a
-- hash index on its single column; a partial index serves if it leaves out nulls and nothing else.
-- A partitioned table's foreign key is served if every partition is.
with recursive fk as materialized (
    select c.oid, c.conparentid, c.conrelid, c.confrelid, c.conkey, c.conpfeqop,
           cardinality(c.conkey) as n, t.relkind
      from pg_constraint c
      join pg_class t on t.oid = c.conrelid
     where c.contype = 'f' and t.relpersistence <> 't'
), rooted as (
    select f.oid, f.oid as root from fk f where f.conparentid = 0
     union all
    select f.oid, r.root from fk f join rooted r on r.oid = f.conparentid
), covered as materialized (
    -- Every column of the key has its slot, whose operator family knows the constraint's equality.
    select f.oid, x.indexrelid, f.conrelid, f.conkey, x.indpred
      from fk f
      join pg_index x on x.indrelid = f.conrelid
      join pg_class i on i.oid = x.indexrelid
      join pg_am m on m.oid = i.relam
     cross join lateral unnest(f.conkey, f.conpfeqop) as key(att, op)
     cross join lateral unnest((x.indkey::int2[])[0 : f.n - 1], (x.indclass::oid[])[0 : f.n - 1],
                               (x.indcollation::oid[])[0 : f.n - 1]) as slot(att, class, coll)
      join pg_attribute a on a.attrelid = f.conrelid and a.attnum = key.att
      join pg_operator o on o.oid = key.op
      join pg_opclass oc on oc.oid = slot.class
     where x.indisvalid and x.indisready and x.indislive
       and (m.amname = 'btree' and x.indnkeyatts >= f.n
            or m.amname = 'hash' and f.n = 1)
       and slot.att = key.att
       and slot.coll in (0, a.attcollation)
       and exists (select 1 from pg_amop ao
                    where ao.amopopr = any (array[o.oid, o.oprcom]) and ao.amoppurpose = 's'
                      and ao.amopfamily = oc.opcfamily)
     group by f.oid, x.indexrelid, f.conrelid, f.conkey, f.n, x.indpred
    having count(distinct key.att) = f.n
), served as materialized (
    select distinct c.oid
      from covered c
     where c.indpred is null
        or pg_get_expr(c.indpred, c.conrelid) ~ (
               select '^\(*(\((' ||
                      string_agg(regexp_replace(quote_ident(a.attname), '([^\w])', '\\\1', 'g'), '|')
                      || ') IS NOT NULL\)( AND )?)+\)*$'
                 from unnest(c.conkey) key(att)
                 join pg_attribute a on a.attrelid = c.conrelid and a.attnum = key.att)
), missing as (
    select r.root,
           count(*) filter (where f.relkind <> 'p' and s.oid is null) as unserved,
           count(*) filter (where f.relkind <> 'p') as stored,
           bool_or(f.oid = r.root and s.oid is not null) as root_served
      from rooted r
      join fk f on f.oid = r.oid
      left join served s on s.oid = f.oid
     group by r.root
)
select n.nspname::text as schema_name, t.relname::text as table_name, c.conname::text as constraint_name,
       array(select a.attname::text
               from unnest(c.conkey) with ordinality key(att, ord)
               join pg_attribute a on a.attrelid = c.conrelid and a.attnum = key.att
              order by key.ord) as columns,
       pn.nspname::text as parent_schema_name, p.relname::text as parent_table_name,
       t.relkind = 'p' as is_partitioned, least(m.unserved, 1000000)::int8 as unserved_tables,
       c.confdeltype::text as on_delete, c.confupdtype::text as on_update,
       child.rows as child_rows, child.bytes as child_bytes,
       parent.deletes as parent_deletes, parent.updates as parent_updates,
       pg_get_constraintdef(c.oid) as definition
  from missing m
  join pg_constraint c on c.oid = m.root
  join pg_class t on t.oid = c.conrelid
  join pg_namespace n on n.oid = t.relnamespace
  join pg_class p on p.oid = c.confrelid
  join pg_namespace pn on pn.oid = p.relnamespace
 cross join lateral (
       select coalesce(sum(case when l.reltuples > 0 then l.reltuples
                                else pg_stat_get_live_tuples(l.oid) end), 0)::int8 as rows,
              coalesce(sum(case when l.reltuples < 0 then pg_relation_size(l.oid)
                                else l.relpages::int8 * current_setting('block_size')::int8 end), 0)::int8 as bytes
         from (select t.oid where t.relkind <> 'p'
                union all
               select pt.relid from pg_partition_tree(t.oid) pt where t.relkind = 'p') part
         join pg_class l on l.oid = part.oid and l.relkind <> 'p'
       ) child
 cross join lateral (
       -- The functions behind pg_stat_all_tables: the view would be computed whole for each row.
       select coalesce(sum(pg_stat_get_tuples_deleted(part.oid)), 0)::int8 as deletes,
              coalesce(sum(pg_stat_get_tuples_updated(part.oid)), 0)::int8 as updates
         from (select p.oid where p.relkind <> 'p'
                union all
               select pt.relid from pg_partition_tree(p.oid) pt where p.relkind = 'p') part
       ) parent
 where not m.root_served
   and (m.unserved > 0 or m.stored = 0)
   and n.nspname not in ('pg_catalog', 'information_schema')
 order by parent.deletes + parent.updates desc, child.bytes desc, 1, 2, 3
