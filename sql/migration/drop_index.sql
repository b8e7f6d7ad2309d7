-- Takes away what a build that failed left behind
-- since: 15
-- timeout: 15min
-- params: none
-- units: none
-- idents: index
drop index concurrently if exists {index}
