-- Which tables, with all their partitions and heirs, would carry the policies, and who owns them?
-- since: 16
-- timeout: 10s
-- params: schema_name text, table_names text[], column_name text
-- units: total_bytes in bytes
-- Measuring a table waits for its lock: of one locked exclusively, or about to be, the catalog's pages count.
with recursive locked as materialized (
    select relation from pg_catalog.pg_locks
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
       coalesce(case when files.is_locked then files.bytes
                     else pg_catalog.pg_total_relation_size(c.oid) end, 0) as total_bytes
  from tree t
  left join pg_catalog.pg_class c on c.oid = t.oid
  left join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_roles o on o.oid = c.relowner
  left join pg_catalog.pg_attribute a
    on a.attrelid = c.oid and a.attname = :column_name and a.attnum > 0 and not a.attisdropped
  left join lateral (
       select bool_or(f.oid in (select relation from locked)) as is_locked,
              sum(f.relpages)::int8 * current_setting('block_size')::int8 as bytes
         from pg_catalog.pg_class f
         join (select c.oid as oid union all select c.reltoastrelid
               union all select x.indexrelid from pg_catalog.pg_index x
                          where x.indrelid in (c.oid, c.reltoastrelid)) part on part.oid = f.oid) files on true
 order by t.name, t.depth, 2, 3
