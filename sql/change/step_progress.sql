-- How far is the maintenance statement that carries this comment?
-- since: 17
-- timeout: 5s
-- params: marker text
-- units: blocks or indexes, as the column unit says
select p.phase, p.unit, p.done, p.total
  from pg_catalog.pg_stat_activity a
  join (select v.pid, v.phase,
               case when v.phase in ('vacuuming indexes', 'cleaning up indexes') then 'indexes' else 'blocks' end,
               case v.phase when 'vacuuming indexes' then v.indexes_processed
                            when 'cleaning up indexes' then v.indexes_processed
                            when 'vacuuming heap' then v.heap_blks_vacuumed
                            else v.heap_blks_scanned end,
               case when v.phase in ('vacuuming indexes', 'cleaning up indexes') then v.indexes_total
                    else v.heap_blks_total end
          from pg_catalog.pg_stat_progress_vacuum v
        union all
        select n.pid, n.phase, 'blocks', n.sample_blks_scanned, n.sample_blks_total
          from pg_catalog.pg_stat_progress_analyze n
        union all
        select i.pid, i.phase, 'blocks', i.blocks_done, i.blocks_total
          from pg_catalog.pg_stat_progress_create_index i
        union all
        select r.pid, r.phase, 'blocks', r.heap_blks_scanned, r.heap_blks_total
          from pg_catalog.pg_stat_progress_cluster r) as p(pid, phase, unit, done, total) on p.pid = a.pid
 where starts_with(a.query, :marker) and a.pid <> pg_catalog.pg_backend_pid()
 limit 1
