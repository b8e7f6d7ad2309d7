-- In which files do the twin's tables and indexes lie, and how wide are the keys of its B-trees?
-- since: 17
-- timeout: 20s
-- params: relation text
-- units: bytes; a path below the data directory
select n.nspname::text as schema_name, c.relname::text as relation_name,
       pg_catalog.pg_relation_filepath(c.oid)::text as path, coalesce(m.amname = 'btree', false) and c.relkind = 'i' as is_btree,
       c.reltuples::float8 as tuples, c.relpages::int8 as pages, c.relallvisible::int8 as all_visible,
       coalesce((select sum(case when a.attlen > 0 then a.attlen
                                 else coalesce(s.stawidth, 8) end)
                   from pg_catalog.pg_index i
                   join pg_catalog.pg_attribute a on a.attrelid = i.indexrelid and a.attnum <= i.indnkeyatts
                   left join pg_catalog.pg_statistic s on s.starelid = i.indrelid
                    and s.staattnum = i.indkey[a.attnum - 1] and not s.stainherit
                  where i.indexrelid = c.oid), 8)::float8 as key_bytes
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_am m on m.oid = c.relam
 where c.relkind in ('r', 'm', 'i')
   and n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
   and (:relation::text is null or n.nspname || '.' || c.relname = :relation)
