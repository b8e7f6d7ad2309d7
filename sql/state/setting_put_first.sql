-- Remembers one setting unless it is there already.
-- since: 13
-- timeout: 15s
-- params: name text, value text, by text
-- units: none
insert into settings (name, value, updated_by) values (:name, :value, :by)
on conflict (name) do nothing;
