-- How many bytes do the databases take on disk? Walks their directories: not for every round.
-- since: 17
-- timeout: 10s
-- params: none
-- units: bytes
select sum(pg_database_size(oid))::bigint as database_size_bytes,
       count(*) filter (where not has_database_privilege(oid, 'CONNECT')
                          and not pg_has_role('pg_read_all_stats', 'USAGE')) as unreadable
from pg_catalog.pg_database
where has_database_privilege(oid, 'CONNECT') or pg_has_role('pg_read_all_stats', 'USAGE')
