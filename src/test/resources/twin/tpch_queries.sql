select l_returnflag, l_linestatus, sum(l_quantity), avg(l_discount), count(*) from tpch.lineitem where l_shipdate <= date '1998-12-01' - interval '90 days' group by 1, 2 order by 1, 2
--
select s_acctbal, s_name, n_name, p_partkey from tpch.part, tpch.supplier, tpch.partsupp, tpch.nation, tpch.region where p_partkey = ps_partkey and s_suppkey = ps_suppkey and p_size = 15 and p_type like '%BRASS' and s_nationkey = n_nationkey and n_regionkey = r_regionkey and r_name = 'EUROPE' and ps_supplycost = (select min(ps_supplycost) from tpch.partsupp, tpch.supplier, tpch.nation, tpch.region where p_partkey = ps_partkey and s_suppkey = ps_suppkey and s_nationkey = n_nationkey and n_regionkey = r_regionkey and r_name = 'EUROPE') order by 1 desc limit 100
--
select l_orderkey, sum(l_extendedprice * (1 - l_discount)) as revenue, o_orderdate from tpch.customer, tpch.orders, tpch.lineitem where c_mktsegment = 'BUILDING' and c_custkey = o_custkey and l_orderkey = o_orderkey and o_orderdate < date '1995-03-15' and l_shipdate > date '1995-03-15' group by l_orderkey, o_orderdate order by revenue desc limit 10
--
select o_orderpriority, count(*) from tpch.orders where o_orderdate >= date '1993-07-01' and o_orderdate < date '1993-10-01' and exists (select from tpch.lineitem where l_orderkey = o_orderkey and l_commitdate < l_receiptdate) group by 1 order by 1
--
select n_name, sum(l_extendedprice * (1 - l_discount)) from tpch.customer, tpch.orders, tpch.lineitem, tpch.supplier, tpch.nation, tpch.region where c_custkey = o_custkey and l_orderkey = o_orderkey and l_suppkey = s_suppkey and c_nationkey = s_nationkey and s_nationkey = n_nationkey and n_regionkey = r_regionkey and r_name = 'ASIA' and o_orderdate >= date '1994-01-01' and o_orderdate < date '1995-01-01' group by n_name order by 2 desc
--
select sum(l_extendedprice * l_discount) from tpch.lineitem where l_shipdate >= date '1994-01-01' and l_shipdate < date '1994-02-01' and l_discount between 0.05 and 0.07 and l_quantity < 24
--
select c_custkey, c_name, sum(l_extendedprice * (1 - l_discount)) as revenue from tpch.customer, tpch.orders, tpch.lineitem, tpch.nation where c_custkey = o_custkey and l_orderkey = o_orderkey and o_orderdate >= date '1993-10-01' and o_orderdate < date '1994-01-01' and l_returnflag = 'R' and c_nationkey = n_nationkey group by c_custkey, c_name order by revenue desc limit 20
--
select ps_partkey, sum(ps_supplycost * ps_availqty) from tpch.partsupp, tpch.supplier, tpch.nation where ps_suppkey = s_suppkey and s_nationkey = n_nationkey and n_name = 'NATION 7' group by ps_partkey having sum(ps_supplycost * ps_availqty) > 100 order by 2 desc
--
select l_shipmode, sum(case when o_orderpriority = '1-URGENCY' then 1 else 0 end) from tpch.orders, tpch.lineitem where o_orderkey = l_orderkey and l_shipmode in ('MAIL', 'SHIP') and l_commitdate < l_receiptdate and l_shipdate < l_commitdate and l_receiptdate >= date '1994-01-01' and l_receiptdate < date '1995-01-01' group by 1 order by 1
--
select c_count, count(*) from (select c_custkey, count(o_orderkey) from tpch.customer left join tpch.orders on c_custkey = o_custkey and o_comment not like '%special%requests%' group by c_custkey) as c_orders (c_custkey, c_count) group by c_count order by 2 desc
--
select 100.00 * sum(case when p_type like 'PROMO%' then l_extendedprice else 0 end) / sum(l_extendedprice) from tpch.lineitem, tpch.part where l_partkey = p_partkey and l_shipdate >= date '1995-09-01' and l_shipdate < date '1995-10-01'
--
select s_suppkey, s_name, total_revenue from tpch.supplier, tpch.revenue where s_suppkey = supplier_no and total_revenue = (select max(total_revenue) from tpch.revenue) order by s_suppkey
--
select p_brand, p_type, p_size, count(distinct ps_suppkey) from tpch.partsupp, tpch.part where p_partkey = ps_partkey and p_brand <> 'Brand#45' and p_type not like 'MEDIUM%' and p_size in (49, 14, 23, 45, 19, 3, 36, 9) group by 1, 2, 3 order by 4 desc
--
select sum(l_extendedprice) / 7.0 from tpch.lineitem, tpch.part where p_partkey = l_partkey and p_brand = 'Brand#23' and p_container = 'MED BOX' and l_quantity < (select 0.2 * avg(l_quantity) from tpch.lineitem where l_partkey = p_partkey)
--
select c_name, o_orderkey, sum(l_quantity) from tpch.customer, tpch.orders, tpch.lineitem where o_orderkey in (select l_orderkey from tpch.lineitem group by l_orderkey having sum(l_quantity) > 150) and c_custkey = o_custkey and o_orderkey = l_orderkey group by c_name, o_orderkey order by 3 desc limit 100
--
select s_name, count(*) from tpch.supplier, tpch.lineitem l1, tpch.orders where s_suppkey = l1.l_suppkey and o_orderkey = l1.l_orderkey and o_orderstatus = 'F' and l1.l_receiptdate > l1.l_commitdate and exists (select from tpch.lineitem l2 where l2.l_orderkey = l1.l_orderkey and l2.l_suppkey <> l1.l_suppkey) and not exists (select from tpch.lineitem l3 where l3.l_orderkey = l1.l_orderkey and l3.l_suppkey <> l1.l_suppkey and l3.l_receiptdate > l3.l_commitdate) group by s_name order by 2 desc limit 100
--
select * from tpch.orders where o_orderkey = $1
--
select * from tpch.lineitem where l_orderkey = $1 order by l_linenumber
--
select o.o_orderkey, l.l_partkey from tpch.orders o join tpch.lineitem l on l.l_orderkey = o.o_orderkey where o.o_custkey = $1
--
select * from tpch.orders where o_orderstatus = 'P' and o_orderdate > date '1998-01-01' order by o_orderdate limit 20
--
select p_partkey from tpch.part where lower(p_name) like 'part 7%'
--
select count(*) from tpch.lineitem where l_returnflag = 'N' and l_linestatus = 'O'
--
select l_returnflag, l_linestatus, count(*) from tpch.lineitem group by 1, 2
--
update tpch.orders set o_orderstatus = $2 where o_orderkey = $1
--
delete from tpch.lineitem where l_shipdate < $1
--
select * from tpch.lineitem where l_partkey = $1 and l_suppkey = $2 and l_quantity > $3
--
select max(l_shipdate) from tpch.lineitem
--
select count(*) from tpch.orders o where o_orderdate between $1 and $2 and o_custkey = any ($3)
