-- A portion of which nobody has changed a row goes in one transaction, which stands for all its batches.
alter table archival_portions add column pending_batches int not null default 1;
