-- Which is the last of the entries before this moment, at the beginning of the chain? At most so many at once.
-- since: 13
-- timeout: 15s
-- params: cutoff timestamptz, most int8
-- units: none
select b.first_seq as first, o.seq as last, o.hash
  from (select min(seq) as first_seq from audit_chain) b
  join audit_chain o
    on o.seq < b.first_seq + :most
   and o.seq < (select k.seq from audit_chain k where k.at >= :cutoff order by k.seq limit 1)
 order by o.seq desc
 limit 1;
