package io.lakebaseops.agents.health.archival;

import io.lakebaseops.change.archival.ArchiveRunner.Moments;

import org.postgresql.PGConnection;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// Prints how fast rows are archived beside a plain binary COPY of the same rows in the same run:
/// `ArchivalBench ROWS [cold]`, without `cold` after a first archival of as many rows. Nothing is
/// left behind but the folder of the lakehouse.
final class ArchivalBench {
    private ArchivalBench() {}

    public static void main(String[] args) throws Exception {
        boolean warm = args.length < 2 || !args[1].equals("cold");
        int rows = args.length == 0 ? 100_000 : Integer.parseInt(args[0]);
        Path lake = Files.createTempDirectory("archival-bench");
        try (var rig = ArchiveRig.of("bench", lake)) {
            if (warm) {
                events(rig, "first_events", rows);
                rig.run(rig.plan("public.first_events").steps().getFirst(), Moments.UNHEARD);
            }
            events(rig, "events", rows);
            copy(rig);
            double processor = processor();
            double before = copy(rig);
            double ofCopy = processor() - processor;
            var step = rig.plan("public.events").steps().getFirst();
            var laps = new Laps();
            processor = processor();
            long moved = rig.run(step, laps);
            double ofWhole = processor() - processor;
            events(rig, "later_events", rows);
            double copied = rows / ((before + copy(rig, "later_events")) / 2);
            double ofStored = laps.processorUntilDeleting - processor;
            double stored = moved / laps.untilDeleting();
            double whole = moved / laps.whole();
            System.out.printf(
                    Locale.ROOT,
                    "%,d rows: COPY %,.0f rows/s; read, written, read back and verified %,.0f rows/s, %.0f %% of it; with the deletion %,.0f rows/s, %.0f %%%nprocessor time of client and server: COPY %.2f s; read, written, read back and verified %.2f s; with the deletion %.2f s%n%s",
                    moved,
                    copied,
                    stored,
                    100 * stored / copied,
                    whole,
                    100 * whole / copied,
                    ofCopy,
                    ofStored,
                    ofWhole,
                    laps);
        } finally {
            ArchiveRig.stop();
        }
        System.exit(0);
    }

    /// Seconds of this process and of the servers it has started with their ended sessions (Linux),
    /// which tells more than the clock on a machine with other work.
    private static double processor() {
        return Stream.concat(
                                Stream.of(ProcessHandle.current()),
                                ProcessHandle.current().descendants())
                        .mapToLong(ArchivalBench::ticks)
                        .sum()
                / 100.0;
    }

    private static long ticks(ProcessHandle process) {
        try {
            var stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Stream.of(11, 12, 13, 14).mapToLong(i -> Long.parseLong(fields[i])).sum();
        } catch (IOException e) {
            return 0;
        }
    }

    private static void events(ArchiveRig rig, String name, int rows) {
        rig.database()
                .asDba(
                        "create table %s (id bigint primary key, at timestamptz not null, customer int, amount numeric(12,2), path text, note text)"
                                .formatted(name),
                        "insert into %s select g, now() - interval '1 year', g %% 5000, g / 7.0, '/p/' || g %% 300, md5(g::text) from generate_series(1, %d) g"
                                .formatted(name, rows),
                        "vacuum analyze " + name);
    }

    private static double copy(ArchiveRig rig) throws SQLException, IOException {
        return copy(rig, "events");
    }

    private static double copy(ArchiveRig rig, String table) throws SQLException, IOException {
        var bytes = new AtomicLong();
        long began = System.nanoTime();
        try (var connection = rig.database().dba();
                var out =
                        new OutputStream() {
                            @Override
                            public void write(int b) {
                                bytes.incrementAndGet();
                            }

                            @Override
                            public void write(byte[] b, int from, int length) {
                                bytes.addAndGet(length);
                            }
                        }) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy " + table + " to stdout (format binary)", out);
        }
        return (System.nanoTime() - began) / 1e9;
    }

    /// The time spent until each moment, since the one before it.
    private static final class Laps implements Moments {
        private final long began = System.nanoTime();
        private final Map<String, Long> spent = new LinkedHashMap<>();
        private long last = began;
        private long deleting;
        private double processorUntilDeleting;

        @Override
        public synchronized void reached(UUID archival, String moment) {
            long now = System.nanoTime();
            spent.merge(moment, now - last, Long::sum);
            last = now;
            if (moment.equals("deleting")) {
                deleting = now;
                processorUntilDeleting = processor();
            }
        }

        double untilDeleting() {
            return (deleting - began) / 1e9;
        }

        double whole() {
            return (last - began) / 1e9;
        }

        @Override
        public synchronized String toString() {
            var text = new StringBuilder();
            spent.forEach(
                    (moment, nanos) ->
                            text.append(
                                    String.format(
                                            Locale.ROOT,
                                            "  %-16s %8.3f s%n",
                                            moment,
                                            nanos / 1e9)));
            return text.toString();
        }
    }
}
