-- Waits until no other process migrates the state database. Held until the session ends.
-- since: 13   timeout: the session's   params: none
select pg_advisory_lock(hashtextextended('lakebaseops/migration', 0));
