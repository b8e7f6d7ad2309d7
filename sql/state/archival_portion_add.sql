-- Notes the portions of an archival; those known already stay.
-- since: 13
-- timeout: 15s
-- params: id uuid, numbers int4[], pieces int4[], first_rows text[], end_rows text[], row_counts int8[]
-- units: none
insert into archival_portions (archival_id, number, piece, first_key, last_key, state, row_count)
select :id, n.number, n.piece, n.first_key, n.last_key, 'PLANNED', n.row_count
  from unnest(:numbers::int[], :pieces::int[], :first_rows::text[], :end_rows::text[], :row_counts::bigint[])
       as n (number, piece, first_key, last_key, row_count)
on conflict do nothing
