-- How many conversations does a person have?
-- since: 13
-- timeout: 5s
-- params: by text
-- units: none
select count(*) as conversations from conversations where asked_by = :by;
