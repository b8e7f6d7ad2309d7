-- The text of a finding is just longer than what stays as it is, and compressing thousands of them was half of
-- what storing them cost the server. Now they lie in the row, uncompressed, as long as they fit into a page.
alter table findings set (toast_tuple_target = 8160);
