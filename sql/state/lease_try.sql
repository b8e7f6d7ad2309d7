-- Is the turn of this name free? Takes it for this session if so.
-- since: 13
-- timeout: 15s
-- params: name text
-- units: none
select pg_try_advisory_lock(hashtextextended('lakebaseops/' || :name, 0)) as taken;
