-- Lets us look through the eyes of a role; we inherit none of its rights.
-- since: 16
-- timeout: 10s
-- params: none
-- units: none
-- idents: role
grant {role} to current_user with inherit false, set true
