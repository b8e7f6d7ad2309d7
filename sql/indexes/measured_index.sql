-- How full are the pages of this index really? Reads all of it.
-- since: 16
-- timeout: 60s
-- params: index_oid int8
-- units: pages; leaf_density in percent
-- extensions: pgstattuple
select leaf_pages, internal_pages, empty_pages, deleted_pages, avg_leaf_density as leaf_density
  from {pgstattuple}.pgstatindex((:index_oid::oid)::regclass)
