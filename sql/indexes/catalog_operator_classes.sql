-- Which operator family and type does each operator class stand for?
-- since: 16
-- timeout: 10s
-- params: none
-- units: none
select oid::int8 as class_oid, opcfamily::int8 as family, opcintype::int8 as type
  from pg_catalog.pg_opclass
