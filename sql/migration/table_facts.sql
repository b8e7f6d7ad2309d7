-- How large are the tables a migration names, and what do they prove?
-- since: 15
-- timeout: 15s
-- params: names text[]
-- units: bytes; rows
-- A name without a schema is looked for on the search path a new session of this login has.
-- Of a table that is locked exclusively the sizes are the catalog's, and no CHECK proves anything.
with locked as materialized (
    -- Printing an expression and measuring a file wait for whoever holds or awaits this lock.
    select distinct relation from pg_catalog.pg_locks
     where mode = 'AccessExclusiveLock' and relation is not null
       and database = (select oid from pg_catalog.pg_database where datname = current_database())
),
login as (
  select (select o.rolsuper or o.rolbypassrls from pg_catalog.pg_roles o
           where o.rolname = current_user) as bypasses,
         pg_catalog.string_to_array(pg_catalog.replace(pg_catalog.regexp_replace(
           pg_catalog.regexp_replace(coalesce(
             (select g from pg_catalog.pg_db_role_setting s
               cross join lateral pg_catalog.unnest(s.setconfig) g
               where g like 'search_path=%'
                 and s.setdatabase in (0, (select d.oid from pg_catalog.pg_database d
                                            where d.datname = pg_catalog.current_database()))
                 and s.setrole in (0, (select o.oid from pg_catalog.pg_roles o
                                        where o.rolname = current_user))
               order by (s.setrole <> 0) desc, (s.setdatabase <> 0) desc limit 1),
             '"$user", public'), '^search_path=', ''), '["\s]', '', 'g'),
           '$user', current_user::text), ',') as path)
select n.nspname as schema_name,
       c.relname as table_name,
       pg_catalog.array_position(l.path, n.nspname::text)::int4 as path_rank,
       (select coalesce(sum(case when p.oid in (select relation from locked)
                                 then p.relpages::int8 * current_setting('block_size')::int8
                                 else pg_catalog.pg_relation_size(p.oid) end), 0)
          from pg_catalog.pg_class p where p.oid in (c.oid, c.reltoastrelid))::int8 as bytes,
       (select coalesce(sum(case when p.oid in (select relation from locked)
                                 then p.relpages::int8 * current_setting('block_size')::int8
                                 else pg_catalog.pg_relation_size(p.oid) end), 0)
          from pg_catalog.pg_class p
          join pg_catalog.pg_index x on x.indexrelid = p.oid
         where x.indrelid = c.oid)::int8 as index_bytes,
       -- What was never analyzed, or when it was empty, is counted by the statistics.
       case when c.reltuples > 0 then c.reltuples
            else pg_catalog.pg_stat_get_live_tuples(c.oid) end::int8 as row_count,
       (select coalesce(pg_catalog.array_agg(a.attname || ' ' ||
                        pg_catalog.format_type(a.atttypid, a.atttypmod)), '{}')
          from pg_catalog.pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
       (select coalesce(pg_catalog.array_agg(a.attname::text), '{}')
          from pg_catalog.pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
           and (a.attnotnull or exists (
                select from pg_catalog.pg_constraint k
                 where k.conrelid = c.oid and k.contype = 'c' and k.convalidated
                   and case when c.oid not in (select relation from locked)
                            then pg_catalog.pg_get_constraintdef(k.oid) end
                       = 'CHECK ((' || pg_catalog.quote_ident(a.attname) || ' IS NOT NULL))')))
           as never_null,
       (select coalesce(pg_catalog.array_agg(k.conname || ' ' || a.attname), '{}')
          from pg_catalog.pg_constraint k
          join pg_catalog.pg_attribute a on a.attrelid = k.conrelid
         where k.conrelid = c.oid and k.contype = 'c' and not k.convalidated and a.attnum > 0
           and case when c.oid not in (select relation from locked)
                    then pg_catalog.pg_get_constraintdef(k.oid) end
               = 'CHECK ((' || pg_catalog.quote_ident(a.attname) || ' IS NOT NULL)) NOT VALID')
           as unvalidated,
       c.relrowsecurity and not l.bypasses
         and (c.relforcerowsecurity or not pg_catalog.pg_has_role(c.relowner, 'usage')) as is_filtered,
       c.relrowsecurity as row_security, l.bypasses as login_bypasses,
       (select pn.nspname || '.' || p.relname
          from pg_catalog.pg_inherits h
          join pg_catalog.pg_class p on p.oid = h.inhparent
          join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace
         where h.inhrelid = c.oid and c.relispartition) as partition_of,
       (select pn.nspname || '.' || p.relname
          from pg_catalog.pg_partitioned_table t
          join pg_catalog.pg_class p on p.oid = t.partdefid
          join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace
         where t.partrelid = c.oid) as default_partition
  from login l
 cross join pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'p', 'm')
   and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
   and (c.relname = any (:names) or c.oid in (
        select x.indrelid from pg_catalog.pg_index x
          join pg_catalog.pg_class i on i.oid = x.indexrelid
         where i.relname = any (:names)))
