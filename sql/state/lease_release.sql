-- Gives back the turns this session has, now: the end of a session is noticed a moment later.
-- since: 13
-- timeout: 15s
-- params: none
-- units: none
select pg_advisory_unlock_all();
