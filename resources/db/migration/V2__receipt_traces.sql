-- What each statement of a script was seen to do (locks, rewrites, scans), as JSON.
alter table receipts add column trace text;
