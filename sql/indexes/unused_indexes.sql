-- Which indexes has nobody scanned since the statistics began, though nothing else needs them?
-- since: 17
-- timeout: 30s
-- params: min_bytes int8
-- units: bytes; scans
-- A partitioned index counts as one: unused only if no partition's part was used.
-- Unique, constraint, exclusion and replica identity indexes do other work and are left out;
-- supports_fk marks those a foreign key's checks would miss.
-- Measuring a table waits for its lock: of one locked exclusively, or about to be, the catalog's pages count,
-- and its indexes have no definition here.
with locked as materialized (
    select relation from pg_catalog.pg_locks
     where mode = 'AccessExclusiveLock' and relation is not null
       and database = (select oid from pg_catalog.pg_database where datname = current_database())
), leaf as (
    select case when i.relispartition then pg_partition_root(i.oid)::oid else i.oid end as root,
           i.oid, coalesce(s.idx_scan, 0) as idx_scan, s.last_idx_scan
      from pg_class i
      join pg_index x on x.indexrelid = i.oid
      left join pg_stat_all_indexes s on s.indexrelid = i.oid
     where i.relkind = 'i'
       and i.relpersistence <> 't'
       and not x.indisunique and not x.indisexclusion and not x.indisreplident and x.indisvalid
), whole as (
    select root, sum(idx_scan)::int8 as idx_scan, max(last_idx_scan) as last_idx_scan,
           count(*) as parts, array_agg(oid) as oids
      from leaf
     group by root
    having sum(idx_scan) = 0
)
select n.nspname::text as schema_name, t.relname::text as table_name,
       i.relname::text as index_name, i.relkind = 'I' as is_partitioned, w.parts,
       b.bytes as index_bytes, w.idx_scan, w.last_idx_scan,
       exists (select 1 from pg_constraint f
                where f.contype = 'f' and f.conrelid = x.indrelid
                  and f.conkey <@ (x.indkey::int2[])[0 : cardinality(f.conkey) - 1]) as supports_fk,
       (select d.stats_reset from pg_stat_database d where d.datname = current_database())
           as stats_reset,
       pg_postmaster_start_time() as postmaster_start,
       case when x.indrelid not in (select relation from locked)
            then pg_get_indexdef(i.oid) end as definition
  from whole w
  join pg_class i on i.oid = w.root
  join pg_index x on x.indexrelid = i.oid
  join pg_class t on t.oid = x.indrelid
  join pg_namespace n on n.oid = t.relnamespace
 cross join lateral (select coalesce(sum(case when f.oid in (select relation from locked)
                                              then f.relpages::int8 * current_setting('block_size')::int8
                                              else pg_relation_size(f.oid) end), 0)::int8 as bytes
                       from unnest(w.oids) o join pg_class f on f.oid = o) b
 where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
   and b.bytes >= :min_bytes
   and not exists (select 1 from pg_constraint c where c.conindid = i.oid and c.contype <> 'f')
 order by b.bytes desc, 1, 2, 3
