create schema tpch
--
create table tpch.region (r_regionkey int primary key, r_name char(25) not null, r_comment varchar(152))
--
create table tpch.nation (n_nationkey int primary key, n_name char(25) not null, n_regionkey int not null references tpch.region, n_comment varchar(152))
--
create table tpch.part (p_partkey int primary key, p_name varchar(55) not null, p_mfgr char(25) not null, p_brand char(10) not null, p_type varchar(25) not null, p_size int not null, p_container char(10) not null, p_retailprice numeric(15,2) not null)
--
create table tpch.supplier (s_suppkey int primary key, s_name char(25) not null, s_nationkey int not null references tpch.nation, s_acctbal numeric(15,2) not null, s_comment varchar(101))
--
create table tpch.partsupp (ps_partkey int references tpch.part, ps_suppkey int references tpch.supplier, ps_availqty int not null, ps_supplycost numeric(15,2) not null, primary key (ps_partkey, ps_suppkey))
--
create table tpch.customer (c_custkey int primary key, c_name varchar(25) not null, c_nationkey int not null references tpch.nation, c_phone char(15) not null, c_acctbal numeric(15,2) not null, c_mktsegment char(10) not null)
--
create table tpch.orders (o_orderkey int primary key, o_custkey int not null references tpch.customer, o_orderstatus char(1) not null, o_totalprice numeric(15,2) not null, o_orderdate date not null, o_orderpriority char(15) not null, o_shippriority int not null, o_comment varchar(79))
--
create table tpch.lineitem (l_orderkey int not null references tpch.orders, l_partkey int not null, l_suppkey int not null, l_linenumber int not null, l_quantity numeric(15,2) not null, l_extendedprice numeric(15,2) not null, l_discount numeric(15,2) not null, l_tax numeric(15,2) not null, l_returnflag char(1) not null, l_linestatus char(1) not null, l_shipdate date not null, l_commitdate date not null, l_receiptdate date not null, l_shipinstruct char(25) not null, l_shipmode char(10) not null, primary key (l_orderkey, l_linenumber), foreign key (l_partkey, l_suppkey) references tpch.partsupp)
--
insert into tpch.region select i, (array['AFRICA','AMERICA','ASIA','EUROPE','MIDDLE EAST'])[i + 1], 'about it' from generate_series(0, 4) i
--
insert into tpch.nation select i, 'NATION ' || i, i % 5, 'about it' from generate_series(0, 24) i
--
insert into tpch.part select i, 'part ' || (i * 7 % 92) || ' of ' || md5(i::text), 'Manufacturer#' || (1 + i % 5), 'Brand#' || (11 + i % 25), (array['STANDARD','SMALL','MEDIUM','LARGE','ECONOMY','PROMO'])[1 + i % 6] || ' ' || (array['TIN','NICKEL','BRASS','STEEL','COPPER'])[1 + i % 5], 1 + (i * 13) % 50, (array['SM','LG','MED','JUMBO','WRAP'])[1 + i % 5] || ' ' || (array['CASE','BOX','BAG','JAR'])[1 + i % 4], 900 + i % 1000 from generate_series(1, 4000) i
--
insert into tpch.supplier select i, 'Supplier#' || i, i % 25, (i * 97) % 11000 - 999, 'about it' from generate_series(1, 200) i
--
insert into tpch.partsupp select p, 1 + (p + s * 50) % 200, (p * s) % 10000, (p * 31 + s) % 1000 from generate_series(1, 4000) p, generate_series(0, 3) s
--
insert into tpch.customer select i, 'Customer#' || i, (i * 7) % 25, '11-' || i, (i * 89) % 11000 - 999, (array['AUTOMOBILE','BUILDING','FURNITURE','MACHINERY','HOUSEHOLD'])[1 + (i * 3) % 5] from generate_series(1, 3000) i
--
insert into tpch.orders select i * 4, 1 + (i * 17) % 3000, case when i % 2 = 0 then 'F' when i % 50 = 1 then 'P' else 'O' end, (i * 71) % 500000, date '1992-01-01' + (i * 37) % 2400, (1 + i % 5) || '-URGENCY', 0, md5(i::text) from generate_series(1, 30000) i
--
insert into tpch.lineitem select o.o_orderkey, 1 + (o.o_orderkey * 3 + n * 911) % 4000, 1 + ((1 + (o.o_orderkey * 3 + n * 911) % 4000) + (n % 4) * 50) % 200, n, 1 + (o.o_orderkey * n) % 50, (o.o_orderkey * 7 + n) % 90000, (n % 11) / 100.0, (n % 9) / 100.0, case when o.o_orderdate < date '1995-06-17' then (array['R','A'])[1 + n % 2] else 'N' end, case when o.o_orderdate < date '1995-06-17' then 'F' else 'O' end, o.o_orderdate + 1 + (o.o_orderkey * n) % 121, o.o_orderdate + 30 + (o.o_orderkey * n) % 61, o.o_orderdate + 2 + (o.o_orderkey * n) % 150, 'DELIVER IN PERSON', (array['REG AIR','AIR','RAIL','SHIP','TRUCK','MAIL','FOB'])[1 + (o.o_orderkey + n) % 7] from tpch.orders o, generate_series(1, 4) n
--
create index lineitem_part on tpch.lineitem (l_partkey, l_suppkey)
--
create index lineitem_ship on tpch.lineitem (l_shipdate)
--
create index orders_customer on tpch.orders (o_custkey)
--
create index orders_open on tpch.orders (o_orderdate) where o_orderstatus = 'P'
--
create index part_name on tpch.part (lower(p_name))
--
create statistics tpch.lineitem_flags (dependencies, ndistinct) on l_returnflag, l_linestatus from tpch.lineitem
--
create view tpch.revenue as select l_suppkey as supplier_no, sum(l_extendedprice * (1 - l_discount)) as total_revenue from tpch.lineitem where l_shipdate >= date '1996-01-01' and l_shipdate < date '1996-04-01' group by l_suppkey
--
vacuum analyze
