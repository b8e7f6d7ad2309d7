-- Takes a pin away.
-- since: 13
-- timeout: 15s
-- params: exchange uuid, kind text, item text
-- units: none
delete from answer_pins where exchange_id = :exchange and item_kind = :kind and item_id = :item;
