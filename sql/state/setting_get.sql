-- What is this setting now?
-- since: 13   timeout: the session's   params: name
select value from settings where name = :name;
