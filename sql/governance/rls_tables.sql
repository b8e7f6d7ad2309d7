-- Which tables, with all their partitions and heirs, would carry the policies, and who owns them?
-- since: 16
-- timeout: 10s
-- params: schema_name text, table_names text[], column_name text
-- units: total_bytes in bytes
with recursive locked as materialized (
    -- Printing an expression and measuring a file wait for whoever holds or awaits this lock.
    select distinct relation from pg_catalog.pg_locks
     where mode = 'AccessExclusiveLock' and relation is not null
       and database = (select oid from pg_catalog.pg_database where datname = current_database())
), wanted as (
    select w.name, c.oid
      from pg_catalog.unnest(:table_names::text[]) as w (name)
      left join pg_catalog.pg_class c
        on c.relname = w.name
       and c.relnamespace = (select n.oid
                               from pg_catalog.pg_namespace n
                              where n.nspname = :schema_name)
), tree as (
    select w.name, w.oid, 0 as depth
      from wanted w
    union
    select t.name, i.inhrelid, t.depth + 1
      from tree t
      join pg_catalog.pg_inherits i on i.inhparent = t.oid
)
select t.name as asked,
       coalesce(n.nspname, :schema_name) as schema_name,
       coalesce(c.relname, t.name) as table_name,
       c.relkind::text as kind,
       o.rolname as owner_name,
       coalesce(o.rolbypassrls or o.rolsuper, false) as owner_bypasses,
       coalesce(pg_catalog.pg_has_role(c.relowner, 'USAGE'), false) as may_change,
       coalesce(pg_catalog.pg_has_role(c.relowner, 'SET'), false) as may_act_as_owner,
       pg_catalog.format_type(a.atttypid, a.atttypmod) as column_type,
       coalesce(a.attnotnull, false) as column_not_null,
       exists (select
                 from pg_catalog.pg_index x
                where x.indrelid = c.oid and x.indisvalid and x.indkey[0] = a.attnum) as column_indexed,
       coalesce((select sum(case when p.oid in (select relation from locked)
                                 then p.relpages::int8 * current_setting('block_size')::int8
                                 else pg_catalog.pg_relation_size(p.oid) end)
                   from pg_catalog.pg_class p
                  where p.oid in (c.oid, c.reltoastrelid)
                     or p.oid in (select i.indexrelid from pg_catalog.pg_index i
                                   where i.indrelid in (c.oid, c.reltoastrelid))), 0)::int8
           as total_bytes
  from tree t
  left join pg_catalog.pg_class c on c.oid = t.oid
  left join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_roles o on o.oid = c.relowner
  left join pg_catalog.pg_attribute a
    on a.attrelid = c.oid and a.attname = :column_name and a.attnum > 0 and not a.attisdropped
 order by t.name, t.depth, 2, 3
