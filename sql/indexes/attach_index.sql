-- Makes a partition's index a part of the partitioned table's index.
-- since: 15
-- timeout: 10s
-- params: none
-- units: none
-- idents: parent_index, index
alter index {parent_index} attach partition {index}
