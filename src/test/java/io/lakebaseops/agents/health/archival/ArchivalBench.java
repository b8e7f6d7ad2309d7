package io.lakebaseops.agents.health.archival;

import io.lakebaseops.change.archival.ArchiveRunner.Moments;

import org.postgresql.PGConnection;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/// Prints how fast rows are archived beside a plain binary COPY of the same rows in the same run:
/// `ArchivalBench ROWS`. Nothing is left behind but the folder of the lakehouse.
final class ArchivalBench {
    private ArchivalBench() {}

    public static void main(String[] args) throws Exception {
        int rows = args.length == 0 ? 100_000 : Integer.parseInt(args[0]);
        Path lake = Files.createTempDirectory("archival-bench");
        try (var rig = ArchiveRig.of("bench", lake)) {
            rig.database()
                    .asDba(
                            "create table events (id bigint primary key, at timestamptz not null, customer int, amount numeric(12,2), path text, note text)",
                            "insert into events select g, now() - interval '1 year', g %% 5000, g / 7.0, '/p/' || g %% 300, md5(g::text) from generate_series(1, %d) g"
                                    .formatted(rows),
                            "analyze events");
            double copied = rows / copy(rig);
            var moments = new Laps();
            long began = System.nanoTime();
            long moved = rig.run(rig.plan("public.events").steps().getFirst(), moments);
            double archived = moved / seconds(began);
            System.out.printf(
                    Locale.ROOT,
                    "%,d rows: COPY %,.0f rows/s; archived %,.0f rows/s, %.0f %% of it; read, written and read back %,.0f rows/s, %.0f %%%n",
                    moved,
                    copied,
                    archived,
                    100 * archived / copied,
                    moved / moments.untilDeleting(began),
                    100 * moved / moments.untilDeleting(began) / copied);
        } finally {
            ArchiveRig.stop();
        }
        System.exit(0);
    }

    private static double copy(ArchiveRig rig) throws SQLException, IOException {
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
                    .copyOut("copy events to stdout (format binary)", out);
        }
        return seconds(began);
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    /// When the first row was about to be deleted.
    private static final class Laps implements Moments {
        private long deleting;

        @Override
        public void reached(java.util.UUID archival, String moment) {
            if (moment.equals("deleting")) {
                deleting = System.nanoTime();
            }
        }

        double untilDeleting(long began) {
            return (deleting - began) / 1e9;
        }
    }
}
