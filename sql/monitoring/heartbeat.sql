-- Does the server answer at all?
-- since: 13
-- timeout: 1s
-- params: none
-- units: none
select true as answers
