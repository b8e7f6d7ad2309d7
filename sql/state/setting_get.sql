-- What is this setting now?
-- since: 13
-- timeout: 15s
-- params: name text
-- units: none
select value from settings where name = :name;
