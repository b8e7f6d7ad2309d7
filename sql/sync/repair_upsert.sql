-- Makes rows as they are given: those there are updated, unless changed since they were seen; others are inserted.
-- since: 15
-- timeout: 2min
-- params: rows jsonb, versions text[]
-- units: rows as a JSON array of objects; versions as the xmin seen, null: any
-- idents: table, columns, key, set, new
insert into {table} as t ({columns}) overriding system value
select {columns} from pg_catalog.jsonb_populate_recordset(null::{table}, :rows)
on conflict ({key}) do update set ({set}) = row({new})
 where :versions is null or t.xmin::text = any (:versions)
