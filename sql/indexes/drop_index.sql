-- Drops an index at once; a partitioned index knows no other way.
-- since: 15
-- timeout: 10s
-- params: none
-- units: none
-- idents: index
drop index {index}
