-- Removes findings nobody has seen since a moment, but those a person wants ignored.
-- since: 13
-- timeout: 15s
-- params: cutoff timestamptz, limit int4
-- units: none
delete from findings
 where fingerprint in (select fingerprint
                         from findings
                        where last_seen < :cutoff
                          and (state <> 'IGNORED' or ignored_until < :cutoff)
                        limit :limit);
