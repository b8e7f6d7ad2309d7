-- Lets us go on working with what a role owns.
-- since: 16
-- timeout: 10s
-- params: none
-- units: none
-- idents: role
grant {role} to current_user with inherit true, set true
