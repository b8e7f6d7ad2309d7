-- A step ended.
-- since: 13
-- timeout: 15s
-- params: id int8, outcome text, duration_ms int8, waited_ms int8, rows int8, error text, trace text
-- units: ms
update receipts
   set outcome = :outcome, duration_ms = :duration_ms, waited_ms = :waited_ms, row_count = :rows, error = :error,
       trace = :trace
 where id = :id;
