-- Removes an index whose concurrent build failed; nobody can be using it.
-- since: 17
-- timeout: 60s
-- params: none
-- units: none
-- idents: index
drop index concurrently {index};
