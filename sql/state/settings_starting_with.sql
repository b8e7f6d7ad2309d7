-- Which settings begin with this name?
-- since: 13
-- timeout: 15s
-- params: prefix text
-- units: none
select name, value from settings where starts_with(name, :prefix) order by name;
