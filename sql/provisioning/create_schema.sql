-- Makes a schema unless it is there; the data of one tenant live in it.
-- since: 15
-- timeout: 10s
-- params: none
-- units: none
-- idents: schema
create schema if not exists {schema}
