-- Removes a conversation of a person with its answers and their pins.
-- since: 13
-- timeout: 15s
-- params: id uuid, by text
-- units: none
delete from conversations where id = :id and asked_by = :by;
