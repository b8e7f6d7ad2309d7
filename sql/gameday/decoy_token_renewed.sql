-- Credentials end every minute and are fetched anew; nobody should notice.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: decoy
-- looks-like: no_answer
-- warm-up: 65
--: client
select 1;
