-- Purging old plans looks for those that name them as their successor.
create index change_plans_superseded_by_idx on change_plans (superseded_by) where superseded_by is not null;
