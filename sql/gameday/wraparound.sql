-- No table was frozen for over half a billion transactions: the oldest unfrozen transaction is that old.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: fault
-- expect: wraparound_near
-- repair: asked
-- settings: autovacuum_freeze_max_age=2000000000, autovacuum_multixact_freeze_max_age=2000000000
-- vary: millions 600..900
--: setup
create table ledger as select g as id from generate_series(1, 20000) g;
vacuum analyze ledger;
--: admin
update pg_class set relfrozenxid = ((4294967296 + pg_current_xact_id()::text::int8 - {millions}::int8 * 1000000) % 4294967296)::text::xid where relname = 'ledger';
update pg_database set datfrozenxid = ((4294967296 + pg_current_xact_id()::text::int8 - {millions}::int8 * 1000000) % 4294967296)::text::xid where datname = current_database();
