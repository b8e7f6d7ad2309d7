-- Somebody asked for one checkpoint before a backup.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: decoy
-- looks-like: requested_checkpoints
--: admin
checkpoint;
