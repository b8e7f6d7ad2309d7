-- How would the planner do this statement? Nothing of it is run.
-- since: 17
-- timeout: 5s
-- params: none
-- units: planner cost units; rows
-- idents: statement
explain (format json, verbose, settings) {statement}
