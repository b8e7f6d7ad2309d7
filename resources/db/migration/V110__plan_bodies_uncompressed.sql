-- Compressing the text of a plan was half of what filing it cost the server, and thousands may come at once.
alter table change_plans alter column body set storage external;
