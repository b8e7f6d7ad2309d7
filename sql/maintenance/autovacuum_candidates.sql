-- Which tables would autovacuum work on now, for which of its reasons?
-- since: 17
-- timeout: 30s
-- params: none
-- units: rows; *_threshold rows; ages in transactions
-- Reasons: dead_rows, inserts, analyze, freeze (transaction id age), multixact_freeze.
with t as (
    select c.oid, n.nspname, c.relname, c.relkind, c.reltuples, c.relfrozenxid, c.relminmxid,
           (select jsonb_object_agg(o.option_name, o.option_value)
              from pg_options_to_table(c.reloptions) o) as opt
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'm', 't') and c.relpersistence <> 't'
), own as (
    select t.*, greatest(t.reltuples, 0)::float8 as tuples,
           coalesce((t.opt ->> 'autovacuum_enabled')::bool, true) as enabled,
           coalesce((t.opt ->> 'autovacuum_vacuum_threshold')::float8,
                    current_setting('autovacuum_vacuum_threshold')::float8) as vac_base,
           coalesce((t.opt ->> 'autovacuum_vacuum_scale_factor')::float8,
                    current_setting('autovacuum_vacuum_scale_factor')::float8) as vac_scale,
           coalesce((t.opt ->> 'autovacuum_vacuum_insert_threshold')::float8,
                    current_setting('autovacuum_vacuum_insert_threshold')::float8) as ins_base,
           coalesce((t.opt ->> 'autovacuum_vacuum_insert_scale_factor')::float8,
                    current_setting('autovacuum_vacuum_insert_scale_factor')::float8) as ins_scale,
           coalesce((t.opt ->> 'autovacuum_analyze_threshold')::float8,
                    current_setting('autovacuum_analyze_threshold')::float8) as ana_base,
           coalesce((t.opt ->> 'autovacuum_analyze_scale_factor')::float8,
                    current_setting('autovacuum_analyze_scale_factor')::float8) as ana_scale,
           least((t.opt ->> 'autovacuum_freeze_max_age')::int8,
                 current_setting('autovacuum_freeze_max_age')::int8) as freeze_max_age,
           least((t.opt ->> 'autovacuum_multixact_freeze_max_age')::int8,
                 current_setting('autovacuum_multixact_freeze_max_age')::int8) as mxid_max_age
      from t
), judged as (
    select o.*, s.n_dead_tup, s.n_ins_since_vacuum, s.n_mod_since_analyze,
           -- The last one is new in 18, where the limit is no more than that many dead rows.
           least(o.vac_base + o.vac_scale * o.tuples,
                 nullif(coalesce((o.opt ->> 'autovacuum_vacuum_max_threshold')::float8,
                                 current_setting('autovacuum_vacuum_max_threshold', true)::float8), -1))
               as vac_threshold,
           o.ins_base + o.ins_scale * o.tuples as ins_threshold,
           o.ana_base + o.ana_scale * o.tuples as ana_threshold,
           age(o.relfrozenxid) as xid_age, mxid_age(o.relminmxid) as multixact_age,
           s.last_autovacuum, s.last_autoanalyze
      from own o
      join pg_stat_all_tables s on s.relid = o.oid
), reasoned as (
    select j.*,
           array_remove(array[
               case when enabled and n_dead_tup > vac_threshold then 'dead_rows' end,
               case when enabled and ins_base >= 0 and n_ins_since_vacuum > ins_threshold
                    then 'inserts' end,
               case when enabled and relkind <> 't' and n_mod_since_analyze > ana_threshold
                    then 'analyze' end,
               case when xid_age > freeze_max_age then 'freeze' end,
               case when multixact_age > mxid_max_age then 'multixact_freeze' end], null) as reasons
      from judged j
)
select nspname::text as schema_name, relname::text as table_name, relkind = 't' as is_toast, reasons,
       enabled as autovacuum_enabled, n_dead_tup as dead_rows, vac_threshold as vacuum_threshold,
       n_ins_since_vacuum as inserted_since_vacuum, ins_threshold as insert_threshold,
       n_mod_since_analyze as modified_since_analyze, ana_threshold as analyze_threshold,
       xid_age, freeze_max_age, multixact_age, last_autovacuum, last_autoanalyze
  from reasoned
 where cardinality(reasons) > 0
 order by n_dead_tup / greatest(vac_threshold, 1) desc, 1, 2
