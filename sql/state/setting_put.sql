-- Remembers one setting of the whole installation.
-- since: 13   timeout: the session's   params: name, value, by
insert into settings (name, value, updated_by) values (:name, :value, :by)
on conflict (name) do update
   set value = excluded.value, updated_by = excluded.updated_by, updated_at = now();
