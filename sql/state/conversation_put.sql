-- Begins a conversation, or brings its line in the list up to what was answered last.
-- since: 13
-- timeout: 15s
-- params: id uuid, by text, target text, title text, at timestamptz
-- units: none
insert into conversations (id, asked_by, target_key, title, kind, tone, summary, exchanges, said, started_at,
                           updated_at)
values (:id, :by, :target, :title, 'ANSWERED', 'INFO', '', 0, '', :at, :at)
on conflict (id) do nothing;
