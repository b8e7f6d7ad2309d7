-- Forgets one setting of the whole installation.
-- since: 13
-- timeout: 15s
-- params: name text
-- units: none
delete from settings where name = :name;
