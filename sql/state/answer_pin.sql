-- Pins an answer to a plan or an alert.
-- since: 13
-- timeout: 15s
-- params: exchange uuid, kind text, item text, by text, at timestamptz
-- units: none
insert into answer_pins (exchange_id, item_kind, item_id, pinned_by, pinned_at)
values (:exchange, :kind, :item, :by, :at)
on conflict do nothing;
