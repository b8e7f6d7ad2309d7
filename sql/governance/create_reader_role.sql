-- Makes a role that nobody can log in as.
-- since: 16
-- timeout: 10s
-- params: none
-- units: none
-- idents: role
create role {role} nologin
