-- From where to where does the chain reach, and where should it end? The end is null when its row is lost.
-- since: 13
-- timeout: 15s
-- params: none
-- units: none
select h.entries, h.hash, coalesce(c.first_seq, 0) as first, coalesce(c.last_seq, 0) as last
  from (select min(seq) as first_seq, max(seq) as last_seq from audit_chain) c
  left join audit_head h on true;
