-- Does the server answer at all?
-- since: 13
-- timeout: 1s
-- units: none
select true as answers
