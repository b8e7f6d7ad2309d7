-- Every run updates what it sees again, and the filing of its remedy follows: with room on the page
-- that needs no new entries in the indexes.
alter table findings set (fillfactor = 45);
