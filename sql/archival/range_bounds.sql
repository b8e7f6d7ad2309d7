-- Names the rows that the statements of this transaction are about, since COPY takes no values.
-- since: 14
-- timeout: 15s
-- params: first_row text, end_row text, before text
-- units: none
select set_config('lakebaseops.first_row', :first_row, true) as first_row,
       set_config('lakebaseops.end_row', :end_row, true) as end_row,
       set_config('lakebaseops.cold_before', :before, true) as cold_before
