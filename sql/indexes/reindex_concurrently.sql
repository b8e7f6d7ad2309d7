-- Builds an index anew beside the old one, without blocking reads or writes.
-- since: 15
-- timeout: 60min
-- params: none
-- units: none
-- idents: index
reindex index concurrently {index}
