-- Which hash has each of these entries, where it is there?
-- since: 13
-- timeout: 15s
-- params: seqs int8[]
-- units: none
select seq, hash
  from audit_chain
 where seq = any (:seqs::int8[]);
