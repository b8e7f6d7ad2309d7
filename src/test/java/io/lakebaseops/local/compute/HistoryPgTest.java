package io.lakebaseops.local.compute;

import static io.lakebaseops.local.compute.RoomFixture.run;
import static io.lakebaseops.local.compute.RoomFixture.spec;
import static io.lakebaseops.local.compute.RoomFixture.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.local.compute.files.FileTree;
import io.lakebaseops.local.compute.history.Lsn;
import io.lakebaseops.local.compute.history.PastPoint;
import io.lakebaseops.local.compute.history.WalFiles;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

final class HistoryPgTest {
    @TempDir static Path dir;
    static RoomFixture fixture;
    static LocalComputeHost room;

    @BeforeAll
    static void open() {
        fixture = new RoomFixture(dir).withMain();
        room = fixture.room();
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @Test
    void a_base_of_a_working_branch_serves_later_points_and_the_old_log_goes_with_the_window()
            throws Exception {
        PastPoint.Position early;
        PastPoint.Position late;
        try (Connection c = fixture.connect("ep-main")) {
            run(c, "CREATE TABLE t AS SELECT 1 AS a");
            early = position(c);
            // As in a directory of an older version, which kept no history.
            FileTree.delete(dir.resolve("branches/br-main/bases"));
            assertThat(room.pastObstacle("br-main", early)).isPresent();
            room.tendHistory("br-main", Instant.EPOCH);
            run(c, "INSERT INTO t VALUES (2)");
            late = position(c);
            run(c, "INSERT INTO t VALUES (3)");
        }
        assertThat(restored("br-late", late)).isEqualTo("1,2");
        assertThat(room.pastObstacle("br-main", early)).isPresent();

        // Two segments later the first is of no use to anybody.
        try (Connection c = fixture.connect("ep-main")) {
            for (int i = 0; i < 3; i++) {
                run(
                        c,
                        "CREATE TABLE filler AS SELECT repeat('x', 900) FROM"
                                + " generate_series(1, 20000)",
                        "DROP TABLE filler");
            }
        }
        await().until(() -> archived("br-main").size() > 3);
        Branch main = branch();
        main.backUp();
        // What is older than the first base may be archived late, and goes when it is seen.
        String first = main.history().all().getFirst().firstSegment();
        List<String> before =
                archived("br-main").stream().filter(s -> s.compareTo(first) >= 0).toList();
        assertThat(room.pastObstacle("br-main", late)).isEmpty();
        room.tendHistory("br-main", Instant.now());
        // The branch of the past still leans on the base it came from.
        assertThat(archived("br-main")).containsAll(before);
        room.drop("br-late");
        room.tendHistory("br-main", Instant.now());
        assertThat(archived("br-main")).doesNotContain(before.get(0), before.get(1));
        assertThat(room.pastObstacle("br-main", late))
                .hasValueSatisfying(why -> assertThat(why).contains("kept is the time from"));
        try (Connection c = fixture.connect("ep-main")) {
            assertThat(restored("br-now", position(c))).isEqualTo("1,2,3");
        }
        room.drop("br-now");
    }

    private static Branch branch() {
        return room.branch("br-main");
    }

    private static String restored(String uid, PastPoint point) throws SQLException {
        room.restore("br-main", uid, point);
        room.openEndpoint(spec("ep-" + uid, uid));
        try (Connection c = fixture.connect("ep-" + uid)) {
            return value(c, "SELECT string_agg(a::text, ',' ORDER BY a) FROM t");
        }
    }

    private static PastPoint.Position position(Connection c) throws SQLException {
        return new PastPoint.Position(Lsn.parse(value(c, "SELECT pg_current_wal_insert_lsn()")));
    }

    /// Oldest first.
    private static List<String> archived(String uid) throws IOException {
        try (var files = Files.list(dir.resolve("branches").resolve(uid).resolve("wal"))) {
            return files.map(f -> f.getFileName().toString())
                    .filter(WalFiles::isSegment)
                    .sorted()
                    .toList();
        }
    }
}
