-- Which valid indexes have the tables that plans read?
-- since: 17
-- timeout: 10s
-- params: schema_names text[], table_names text[]
-- units: none
-- keys: columns by name, expressions as text, in key order. patterns: the first key serves LIKE 'abc%'.
select n.nspname::text as schema_name, c.relname::text as table_name,
       i.relname::text as index_name, am.amname::text as method,
       array(select coalesce(a.attname::text, pg_catalog.pg_get_indexdef(x.indexrelid, k + 1, true))
               from generate_series(0, x.indnkeyatts - 1) k
               left join pg_catalog.pg_attribute a
                 on a.attrelid = x.indrelid and a.attnum = x.indkey[k]
              order by k) as keys,
       pg_catalog.pg_get_expr(x.indpred, x.indrelid) as predicate,
       coalesce(o.opcname::text like '%pattern_ops' or l.collname = 'C'
                  or (l.collname = 'default'
                      and (select b.datcollate in ('C', 'POSIX') or b.datlocprovider = 'b'
                             from pg_catalog.pg_database b
                            where b.datname = pg_catalog.current_database())), false) as patterns
  from unnest(:schema_names, :table_names) w(schema_name, table_name)
  join pg_catalog.pg_namespace n on n.nspname = w.schema_name
  join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = w.table_name
  join pg_catalog.pg_index x on x.indrelid = c.oid and x.indisvalid and x.indislive
  join pg_catalog.pg_class i on i.oid = x.indexrelid
  join pg_catalog.pg_am am on am.oid = i.relam
  left join pg_catalog.pg_opclass o on o.oid = x.indclass[0]
  left join pg_catalog.pg_collation l on l.oid = x.indcollation[0]
 order by n.nspname, c.relname, i.relname
