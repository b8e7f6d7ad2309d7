-- Between which values do the keys of a table lie?
-- since: 14
-- timeout: 2min
-- params: none
-- units: key values; null for an empty table
-- idents: table, key
select pg_catalog.min({key})::int8 as low, pg_catalog.max({key})::int8 as high from {table}
