-- Lets an agent's own role read what the reading role may.
-- since: 16
-- timeout: 10s
-- params: none
-- units: none
-- idents: reader, agent
grant {reader} to {agent} with inherit true, set false
