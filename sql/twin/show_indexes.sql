-- Shows some of these indexes to the twin's planner and hides the others: it passes over an invalid one.
-- since: 17
-- timeout: 20s
-- params: all int8[], shown int8[]
-- units: none
update pg_catalog.pg_index
   set indisvalid = indexrelid = any (:shown::oid[])
 where indexrelid = any (:all::oid[]) and indisvalid <> (indexrelid = any (:shown::oid[]))
