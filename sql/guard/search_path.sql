-- Names without a schema are looked up in these schemas until the transaction ends.
-- since: 14
-- timeout: 5s
-- params: path text
-- units: none
select pg_catalog.set_config('search_path', :path, true) as search_path
