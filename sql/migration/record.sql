-- Notes that a migration was applied; its time is that of the transaction so far.
-- since: 15
-- timeout: 10s
-- params: rank int4, version text, description text, script text, checksum int4
-- units: ms
-- idents: table
insert into {table} (installed_rank, version, description, type, script, checksum, installed_by,
                     execution_time, success)
values (:rank, :version, :description, 'SQL', :script, :checksum, current_user,
        extract(epoch from clock_timestamp() - now()) * 1000, true)
