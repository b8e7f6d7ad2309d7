-- How is the planner set?
-- since: 16
-- timeout: 5s
-- params: none
-- units: none
select name, pg_catalog.current_setting(name) as value, boot_val as usual, source as set_by, short_desc as meaning,
       (select pg_catalog.current_setting('random_page_cost')) as x_main
  from pg_catalog.pg_settings where name in ('random_page_cost', 'seq_page_cost', 'effective_io_concurrency', 'default_statistics_target', 'jit', 'max_parallel_workers_per_gather', 'max_parallel_workers', 'max_worker_processes', 'plan_cache_mode', 'enable_partitionwise_join', 'cpu_tuple_cost', 'parallel_setup_cost') order by name
