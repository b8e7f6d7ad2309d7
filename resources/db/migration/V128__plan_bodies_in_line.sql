-- Uncompressed, the text of a plan still went to a table beside its own, in two pieces with an index entry each.
-- It lies in the row now, as long as that fits into a page.
alter table change_plans set (toast_tuple_target = 8160);
