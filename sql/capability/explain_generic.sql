-- How would the planner do this statement whatever its parameters are? Nothing of it is run.
-- since: 17
-- timeout: 5s
-- params: none
-- units: planner cost units; rows
-- idents: statement
explain (format json, verbose, settings, generic_plan) {statement}
