-- Which tables of this database have gone longest without a freeze?
-- since: 14
-- timeout: 10s
-- params: none
-- units: transactions; bytes
select n.nspname::text as schema_name, c.relname::text as table_name,
       greatest(age(c.relfrozenxid), age(t.relfrozenxid))::int8 as xid_age,
       c.relpages::int8 * current_setting('block_size')::int8 as table_bytes
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_class t on t.oid = c.reltoastrelid
 where c.relkind in ('r', 'm')
 order by xid_age desc
 limit 5
