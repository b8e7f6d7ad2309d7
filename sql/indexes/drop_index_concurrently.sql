-- Drops an index without blocking reads or writes.
-- since: 15
-- timeout: 10min
-- params: none
-- units: none
-- idents: index
drop index concurrently {index}
