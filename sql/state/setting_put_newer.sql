-- Remembers one setting unless a greater value is there (values begin with their time).
-- since: 13
-- timeout: 15s
-- params: name text, value text, by text
-- units: none
insert into settings (name, value, updated_by) values (:name, :value, :by)
on conflict (name) do update
   set value = excluded.value, updated_by = excluded.updated_by, updated_at = now()
 where settings.value collate "C" <= excluded.value collate "C";
