package io.lakebaseops.postgres;

import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import java.time.Duration;
import java.util.Map;

/// How long do the index queries take on 10,000 tables and 30,000 indexes? Run by hand.
final class CatalogScaleBench {
    private CatalogScaleBench() {}

    public static void main(String[] args) throws Exception {
        var server = Pg17.started(java.util.List.of("max_locks_per_transaction=20000"));
        var db = server.database("scale");
        long start = System.nanoTime();
        db.asDba(
                """
                do $$
                begin
                  for i in 1..10000 loop
                    execute format('create table t%s (id int primary key, a int %s, b text)', i,
                                   case when i > 1 then format('references t%s', i - 1) end);
                    execute format('create index on t%s (b, a)', i);
                    execute format('create index on t%s (%s)', i, case when i % 100 = 0 then 'b' else 'a' end);
                  end loop;
                end $$\
                """,
                "analyze pg_class, pg_index, pg_attribute, pg_constraint");
        System.out.println("built in " + since(start));
        try (var rig = TestTargets.of(db)) {
            for (var name :
                    java.util.List.of(
                            "indexes/duplicate_indexes",
                            "indexes/missing_fk_indexes",
                            "indexes/unused_indexes",
                            "indexes/missing_indexes",
                            "indexes/bloated_indexes",
                            "maintenance/table_dead_tuples",
                            "maintenance/autovacuum_candidates",
                            "maintenance/tables_needing_vacuum",
                            "schema/schema_columns")) {
                for (int round = 1; round <= 3; round++) {
                    long begin = System.nanoTime();
                    int rows;
                    try (var session =
                            rig.targets()
                                    .read(
                                            rig.target(),
                                            io.lakebaseops.domain.Deadline.in(
                                                    Duration.ofMinutes(2)))) {
                        var params = new java.util.HashMap<String, Object>();
                        rig.sql()
                                .file(SqlName.of(name), 17)
                                .params()
                                .forEach(p -> params.put(p.name(), NamedRows.WIDEST.get(p.name())));
                        if (name.endsWith("bloated_indexes")) {
                            params.put("min_bytes", 1 << 20);
                        }
                        rows = session.query(SqlName.of(name), Map.copyOf(params)).size();
                    }
                    System.out.println(
                            name + " round " + round + ": " + rows + " rows, " + since(begin));
                }
            }
        } finally {
            server.stop();
        }
    }

    private static String since(long start) {
        return (System.nanoTime() - start) / 1_000_000 + " ms";
    }
}
