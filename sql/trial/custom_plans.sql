-- Plans each execution for its own values, as literals would be.
-- since: 15
-- timeout: 10s
-- params: none
-- units: none
set local plan_cache_mode = force_custom_plan
