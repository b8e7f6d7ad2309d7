-- Which views and rules name a table that another session has locked for itself alone?
-- since: 17
-- timeout: 10s
-- params: none
-- units: none
-- Printing a rule waits for each table it names. Locks asked for count too: others queue behind them.
select distinct w.oid::int8 as rule_oid, c.oid::int8 as view_oid,
       n.nspname::text as schema_name, c.relname::text as relation_name, w.rulename::text as rule_name,
       t.relname::text as locked_name, l.pid::int4 as locked_by
  from pg_locks l
  join pg_database b on b.oid = l.database and b.datname = current_database()
  join pg_class t on t.oid = l.relation
  join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = t.oid
       and d.classid = 'pg_rewrite'::regclass
  join pg_rewrite w on w.oid = d.objid
  join pg_class c on c.oid = w.ev_class
  join pg_namespace n on n.oid = c.relnamespace
 where l.locktype = 'relation' and l.mode = 'AccessExclusiveLock' and l.pid <> pg_backend_pid()
