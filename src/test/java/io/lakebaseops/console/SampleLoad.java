package io.lakebaseops.console;

import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.history.WaitInterval;
import io.lakebaseops.lakehouse.history.WaitInterval.Key;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// An invented half day of load: fourteen statements, one of which became 157 times slower, samples
/// of what sessions waited for with a hole in them, the older half generated.
public final class SampleLoad {
    /// Its mean time went up fifty minutes ago.
    public static final long HOT = -7715223104411L;

    static final double SLOWER = 157;
    private static final Duration HISTORY = Duration.ofHours(13);
    private static final Duration BAD = Duration.ofMinutes(50);
    private static final Duration GENERATED = Duration.ofHours(4);

    /// @param calls a second
    /// @param millis of a call
    /// @param hit and `read`: blocks of a call
    private record Statement(
            long id,
            String text,
            double calls,
            double millis,
            double rows,
            double hit,
            double read) {}

    private final Lakehouse lake;
    private final Instant now;
    private final List<Statement> statements;
    private final Random random = new Random(7);

    /// @param hot id and text of the slow one
    SampleLoad(Lakehouse lake, Instant now, long hot, String text) {
        this.lake = lake;
        this.now = now;
        statements =
                List.of(
                        new Statement(hot, text, 0.42, 41, 100, 470, 1),
                        new Statement(
                                2,
                                "update shop.inventory set quantity = quantity - $1 where product_id = $2",
                                4.1,
                                78,
                                1,
                                390,
                                50),
                        new Statement(
                                3,
                                "select * from shop.customers where email = $1",
                                21,
                                11.9,
                                1,
                                1660,
                                0),
                        new Statement(
                                4,
                                "select quantity, price from shop.order_items where product_id = $1",
                                96,
                                1.8,
                                20,
                                280,
                                4),
                        new Statement(
                                5,
                                "select date_trunc($1, created_at), count(*) from shop.orders group by 1",
                                0.05,
                                2900,
                                30,
                                11000,
                                27000),
                        new Statement(
                                6,
                                "select * from shop.orders where customer_id = $1",
                                118,
                                1.2,
                                10,
                                14,
                                1),
                        new Statement(
                                7,
                                "insert into web.events (kind, at, body) values ($1, $2, $3)",
                                310,
                                0.38,
                                1,
                                4,
                                0),
                        new Statement(
                                8,
                                "delete from web.events where happened_at < $1",
                                0.02,
                                1200,
                                6180,
                                5200,
                                360));
    }

    void write() {
        var texts = new ArrayList<Map<String, Object>>();
        var rows = new ArrayList<Map<String, Object>>();
        for (var s : statements) {
            var text = common(now.minus(Duration.ofDays(30)), "live");
            text.put("queryid", s.id());
            text.put("query", s.text());
            texts.add(text);
            for (int minute = 0; minute < HISTORY.toMinutes(); minute += 5) {
                rows.add(row(s, now.minus(Duration.ofMinutes(minute))));
            }
        }
        lake.append(OpsTables.QUERY_TEXT.name(), texts);
        lake.append(OpsTables.PG_STAT_HISTORY.name(), rows);
        lake.append(OpsTables.WAIT_SAMPLES.name(), samples());
    }

    private static String source(Duration back) {
        return back.compareTo(GENERATED) > 0 ? "simulated" : "live";
    }

    private static Map<String, Object> common(Instant at, String source) {
        var row = new HashMap<String, Object>();
        row.put("project_id", FakeShop.PRODUCTION.project());
        row.put("branch_id", FakeShop.PRODUCTION.branch());
        row.put("recorded_at", at);
        row.put("run_id", "sample");
        row.put("source", source);
        return row;
    }

    private boolean slow(Statement s, Instant at) {
        return s == statements.getFirst() && at.isAfter(now.minus(BAD));
    }

    private Map<String, Object> row(Statement s, Instant at) {
        double mean = s.millis() * (1 + random.nextGaussian() * 0.04);
        mean *= slow(s, at) ? SLOWER : 1;
        long calls = Math.max(1, Math.round(s.calls() * 300));
        var row = common(at, source(Duration.between(at, now)));
        row.put("interval_seconds", 300.0);
        row.put("dbid", 5L);
        row.put("datname", "shop");
        row.put("userid", 10L);
        row.put("rolname", s.id() % 2 == 0 ? "storefront_app" : "etl");
        row.put("queryid", s.id());
        row.put("toplevel", true);
        row.put("calls", calls);
        row.put("total_exec_time", calls * mean);
        row.put("stddev_exec_time", mean * 0.2);
        row.put("rows", Math.round(calls * s.rows()));
        row.put("shared_blks_hit", Math.round(calls * s.hit() * (slow(s, at) ? 1000 : 1)));
        row.put("shared_blks_read", Math.round(calls * s.read()));
        row.put("temp_blks_read", 0L);
        row.put("temp_blks_written", s.id() == 5 ? calls * 9000 : 0L);
        row.put("wal_bytes", s.id() == 2 || s.id() >= 7 ? calls * 420 : 0L);
        row.put("reset_detected", false);
        return row;
    }

    /// A sum a minute; none for six minutes, three and a half hours ago.
    private List<Map<String, Object>> samples() {
        var rows = new ArrayList<Map<String, Object>>();
        for (int minute = 0; minute < HISTORY.toMinutes(); minute++) {
            if (minute > 208 && minute < 216) {
                continue;
            }
            var at = now.minus(Duration.ofMinutes(minute));
            var seen = new HashMap<Key, Long>();
            for (var s : statements) {
                double sessions = s.calls() * s.millis() * (slow(s, at) ? SLOWER : 1) / 1000;
                sessions *= 1 + random.nextGaussian() * 0.1;
                put(seen, s, "CPU", null, sessions * (s.read() > 10 ? 0.4 : 0.75));
                put(seen, s, "IO", "DataFileRead", sessions * (s.read() > 10 ? 0.55 : 0.1));
                put(seen, s, "LWLock", "BufferMapping", sessions * 0.08);
                put(seen, s, "Lock", "transactionid", sessions * (s.id() == 2 ? 0.3 : 0.02));
            }
            rows.addAll(
                    new WaitInterval("sample", at, 60, 1, seen)
                            .rows(FakeShop.PRODUCTION, source(Duration.ofMinutes(minute))));
        }
        return rows;
    }

    private static void put(
            Map<Key, Long> seen, Statement s, String type, String event, double sessions) {
        long times = Math.round(sessions * 60);
        if (times > 0) {
            seen.put(
                    new Key(
                            type,
                            event,
                            "client backend",
                            "shop",
                            s.id() % 2 == 0 ? "storefront_app" : "etl",
                            s.id() % 2 == 0 ? "storefront-web" : "storefront-worker",
                            s.id()),
                    times);
        }
    }
}
