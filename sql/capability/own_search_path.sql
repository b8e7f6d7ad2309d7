-- Names without a schema are looked up in pg_catalog only, as in all our sessions.
-- since: 14
-- timeout: 5s
-- params: none
-- units: none
select pg_catalog.set_config('search_path', 'pg_catalog', false) as search_path
