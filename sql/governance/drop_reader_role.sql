-- Takes the reading role away again.
-- since: 16
-- timeout: 10s
-- params: none
-- units: none
-- idents: role
drop role {role}
