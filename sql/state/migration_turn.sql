-- Waits until no other process migrates the state database. Held until the session ends.
-- since: 13
-- timeout: 15s
-- params: none
-- units: none
select pg_advisory_lock(hashtextextended('lakebaseops/migration', 0));
