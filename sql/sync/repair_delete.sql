-- Deletes rows by their keys, unless changed since they were seen.
-- since: 15
-- timeout: 2min
-- params: rows jsonb, versions text[]
-- units: rows as a JSON array of objects; versions as the xmin seen, null: any
-- idents: table, stored, named
delete from {table} as t
using pg_catalog.jsonb_populate_recordset(null::{table}, :rows) as r
where ({stored}) = ({named}) and (:versions is null or t.xmin::text = any (:versions))
