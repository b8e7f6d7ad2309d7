-- Lets one process at a time compare the findings of a target; held until the transaction ends.
-- since: 13
-- timeout: 15s
-- params: target text
-- units: none
select pg_advisory_xact_lock(hashtextextended('lakebaseops/findings/' || :target, 0));
