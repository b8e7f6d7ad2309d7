-- Removes notes that a migration was told, older than a moment.
-- since: 13
-- timeout: 15s
-- params: cutoff timestamptz, limit int4
-- units: none
delete from settings
 where name in (select name
                  from settings
                 where starts_with(name, 'migration.told/')
                   and updated_at < :cutoff
                 limit :limit);
