-- Lets one process at a time append to the chain, so that it never forks; held until the transaction ends.
-- since: 13
-- timeout: 15s
-- params: none
-- units: none
select pg_advisory_xact_lock(hashtextextended('lakebaseops/audit', 0));
