-- Takes the agent's role out of the reading role again.
-- since: 16
-- timeout: 10s
-- params: none
-- units: none
-- idents: reader, agent
revoke {reader} from {agent}
