package io.lakebaseops.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.health.connections.BlockingTree;
import io.lakebaseops.console.Theme;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.testing.ScreenTest;

import javafx.geometry.BoundingBox;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Who waits for whom, drawn on the headless platform.
@ScreenTest
public final class BlockingPictureUiTest {
    @BeforeAll
    static void start() {
        FxToolkit.headless();
        FxToolkit.start();
    }

    public static Rows rows() {
        return new Rows(
                List.of(
                        session(
                                4711,
                                List.of(),
                                "import",
                                null,
                                null,
                                "update shop.orders set total = $1"),
                        session(
                                4712,
                                List.of(4711),
                                "web",
                                "ShareLock",
                                12.0,
                                "delete from shop.orders where id = $1"),
                        session(
                                4713,
                                List.of(4711),
                                "migration",
                                "AccessExclusiveLock",
                                41.0,
                                "alter table shop.orders add column note text"),
                        session(
                                4714,
                                List.of(4713),
                                "web",
                                "AccessShareLock",
                                3.5,
                                "select * from shop.orders"),
                        session(
                                4715,
                                List.of(0),
                                "worker",
                                "ShareLock",
                                7200.0,
                                "update shop.stock set n = n - $1")));
    }

    private static Map<String, @Nullable Object> session(
            int pid,
            List<Integer> blockers,
            String application,
            @Nullable String mode,
            @Nullable Double waits,
            String query) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("pid", pid);
        row.put("blocked_by", blockers);
        row.put("user_name", "shop");
        row.put("application", application);
        row.put("state", mode == null ? "idle in transaction" : "active");
        row.put("lock_mode", mode);
        row.put("relation", mode == null ? null : "shop.orders");
        row.put("waiting_seconds", waits);
        row.put("transaction_seconds", 95.0);
        row.put("query_text", query);
        return row;
    }

    private static BlockingPicture drawn(Rows rows) {
        return FxToolkit.call(
                () -> {
                    var picture = new BlockingPicture(BlockingTree.of(rows));
                    var scene = new Scene(new StackPane(picture), 420, 600);
                    Theme.DARK.applyTo(scene);
                    for (int i = 0; i < 3; i++) {
                        scene.getRoot().applyCss();
                        scene.getRoot().layout();
                    }
                    return picture;
                });
    }

    private static double left(Node row) {
        return row.lookup(".blocking-card").getBoundsInParent().getMinX();
    }

    @Test
    void who_waits_stands_below_and_right_of_whom_it_waits_for() {
        var picture = drawn(rows());
        var rows = picture.lookupAll(".blocking-row").stream().toList();
        assertThat(rows)
                .extracting(Node::getAccessibleText)
                .containsExactly(
                        "pid 4711 · shop · import, waits for nobody, holds up 3",
                        "pid 4712 · shop · web, waits for pid 4711, holds up 0",
                        "pid 4713 · shop · migration, waits for pid 4711, holds up 1",
                        "pid 4714 · shop · web, waits for pid 4713, holds up 0",
                        "a prepared transaction, waits for nobody, holds up 1",
                        "pid 4715 · shop · worker, waits for a prepared transaction, holds up 0");
        assertThat(rows)
                .extracting(BlockingPictureUiTest::left)
                .containsExactly(
                        0.0,
                        BlockingPicture.STEP,
                        BlockingPicture.STEP,
                        2 * BlockingPicture.STEP,
                        0.0,
                        BlockingPicture.STEP);
    }

    @Test
    void each_waiting_session_has_a_line_to_its_blocker() {
        var picture = drawn(rows());
        var rows = picture.lookupAll(".blocking-row").stream().toList();
        assertThat(rows)
                .extracting(r -> r.lookupAll(".blocking-corner").size())
                .containsExactly(0, 1, 1, 1, 0, 1);
        // Past the first that waits for 4711 goes the line down to the second, and ends there.
        assertThat(rows)
                .extracting(r -> r.lookupAll(".blocking-down").size())
                .containsExactly(0, 1, 0, 0, 0, 0);
        for (int i = 1; i < rows.size(); i++) {
            assertThat(rows.get(i).getBoundsInParent().getMinY())
                    .as("no gap in the line")
                    .isEqualTo(rows.get(i - 1).getBoundsInParent().getMaxY());
        }
        var shown = new BoundingBox(0, 0, 420, 600);
        assertThat(rows).allMatch(r -> shown.contains(r.getBoundsInParent()));
    }

    @Test
    void a_long_queue_is_cut_and_stays_readable() {
        var many = new ArrayList<Map<String, @Nullable Object>>();
        for (int i = 0; i < 60; i++) {
            many.add(
                    session(
                            100 + i,
                            i == 0 ? List.of() : List.of(99 + i),
                            "web",
                            i == 0 ? null : "ShareLock",
                            i == 0 ? null : 1.0,
                            "update t set a = $1"));
        }
        var picture = drawn(new Rows(many));
        var rows = picture.lookupAll(".blocking-row");
        assertThat(rows).hasSize(30).allMatch(r -> left(r) <= 6 * BlockingPicture.STEP);
        assertThat(Arrays.asList(picture.getChildren().getLast()))
                .extracting(n -> ((javafx.scene.control.Label) n).getText())
                .containsExactly("and 30 sessions more");
    }
}
