-- Names a relation, so that reading this statement holds it, and what a view stands on, against being altered.
-- since: 14
-- timeout: 5s
-- params: none
-- units: none
-- idents: relation
select from {relation}
