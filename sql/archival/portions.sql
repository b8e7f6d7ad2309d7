-- Cuts the cold rows into portions in the order of the primary key, and counts them.
-- since: 13
-- timeout: 60min
-- params: before timestamptz, portion_rows int8
-- units: none
-- idents: table, keys, time_column
select min(portion.first_key) as first_key, min(portion.last_key) as last_key, min(portion.cold_rows) as cold_rows
  from (select numbered.portion_number,
               first_value(numbered.row_key) over w as first_key,
               last_value(numbered.row_key) over w as last_key,
               count(*) over w as cold_rows
          from (select row({keys})::text as row_key,
                       row_number() over (order by {keys}) as place,
                       (row_number() over (order by {keys}) - 1) / :portion_rows as portion_number
                  from {table} as t
                 where {time_column} < :before) as numbered
        window w as (partition by numbered.portion_number order by numbered.place
                     rows between unbounded preceding and unbounded following)) as portion
 group by portion.portion_number
 order by portion.portion_number
