-- Opens an ignored finding again, and has its remedy planned anew at the next look.
-- since: 13
-- timeout: 15s
-- params: fingerprint text
-- units: none
update findings
   set state = case when state = 'IGNORED' then 'OPEN' else state end,
       ignored_until = null, ignored_severity = null, remedy = null, remedy_until = null
 where fingerprint = :fingerprint
   and (state = 'IGNORED' or ignored_until is not null or remedy is not null);
