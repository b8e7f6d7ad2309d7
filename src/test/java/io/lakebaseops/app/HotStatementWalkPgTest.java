package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.cli.TargetChoice;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Theme;
import io.lakebaseops.console.approvals.ApprovalsViewModel;
import io.lakebaseops.console.fx.FxExecutor;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.VerdictLine;
import io.lakebaseops.console.shell.Frame;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.local.LocalOptions;
import io.lakebaseops.testing.Patience;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.ScreenRobot;
import io.lakebaseops.testing.ScreenTest;

import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/// The whole product on a real server, by hand and keys: a hot statement, its plan, the index
/// tested in the planner twin, its plan filed, approved and verified, and the trend that shows it.
@ScreenTest
@Timeout(300)
final class HotStatementWalkPgTest {
    private static final int CALLS = 40;

    @TempDir private Path dir;
    private final FxRobot robot = ScreenRobot.shared();
    private Pg17 server;
    private Pg17.Database database;
    private Wiring wiring;
    private TargetId target;
    private Frame frame;
    private Stage stage;

    @BeforeEach
    void open() throws SQLException {
        server = Pg17.started(List.of());
        database = server.database("walk");
        database.asAdmin("create role storefront login password 's'");
        database.asDba(
                "create table orders (id bigint primary key, code text, total int, filler text)",
                "insert into orders select i, 'c' || i, i % 999, repeat('x', 200)"
                        + " from generate_series(1, 60000) i",
                "vacuum analyze orders",
                "grant select on orders to storefront");
        wiring = new Wiring(new Home(dir), LocalOptions.defaults());
        target =
                wiring.target(
                        new TargetChoice.Url(
                                database.url()
                                        + "?user="
                                        + Pg17.DBA
                                        + "&password="
                                        + Pg17.DBA_PASSWORD));
        var services = wiring.consoleServices(List.of());
        collect();
        serveTheShop();
        collect();
        FxToolkit.headless();
        FxToolkit.start();
        frame =
                FxToolkit.call(
                        () -> new Frame(services, target, new FxExecutor(), Theme.DARK, 1600, 900));
        stage =
                FxToolkit.call(
                        () -> {
                            var window = new Stage();
                            window.setScene(frame.scene());
                            window.show();
                            return window;
                        });
        robot.targetWindow(stage);
    }

    @AfterEach
    void close() {
        FxToolkit.call(
                () -> {
                    stage.hide();
                    frame.close();
                    return frame;
                });
        wiring.close();
        server.stop();
    }

    private void serveTheShop() throws SQLException {
        try (var c = server.connect(database.name(), "storefront", "s");
                var s = c.prepareStatement("select o.id, o.total from orders o where o.code = ?")) {
            for (int i = 0; i < CALLS; i++) {
                s.setString(1, "c" + i);
                s.execute();
            }
        }
    }

    /// As the job does every five minutes.
    private void collect() {
        var report =
                wiring.framework()
                        .run(
                                "persist_pg_stat_statements",
                                JsonNodeFactory.instance.objectNode(),
                                target,
                                Actor.human("ada"));
        assertThat(report.status()).as(report.error()).isEqualTo(ToolReport.Status.OK);
    }

    @Test
    void a_hot_statement_is_mended_and_the_trend_shows_it() throws SQLException {
        goTo(Destination.queries());
        selectTheHotStatement();
        var before = words("#statement-pane");
        robot.push(KeyCode.ENTER);
        until(() -> shown("#plan-page"));
        assertThat(words("#plan-page"))
                .contains("Seq Scan")
                .contains("Index public.orders (code), tested in the planner twin: cost ");
        tabTo("#file-index");
        robot.push(KeyCode.ENTER);

        until(() -> shown("#plan-title") && words("#plan-title").contains("orders_code_idx"));
        var plan = model().shownProperty().get();
        assertThat(plan.state()).isEqualTo(FiledPlan.State.WAITING);
        until(() -> shown("#approve") && !frame.scene().lookup("#approve").isDisabled());
        FxToolkit.call(
                () -> {
                    frame.scene().lookup("#approve").requestFocus();
                    return true;
                });
        robot.push(KeyCode.CONTROL, KeyCode.ENTER);
        until(() -> wiring.approvals().find(plan.id()).orElseThrow().verification() != null);
        assertThat(wiring.approvals().find(plan.id()).orElseThrow().verification())
                .isInstanceOf(Verification.Confirmed.class);

        serveTheShop();
        collect();
        goTo(Destination.queries());
        robot.push(KeyCode.ALT, KeyCode.LEFT);
        until(() -> !shown("#plan-page"));
        until(() -> words("#statement-pane").contains("2 plans in 90 days"));
        var after = words("#statement-pane");
        var slow = millis(before);
        var fast = millis(after);
        System.out.printf("mean time by plan: %s, then %s%n", slow, fast);
        assertThat(slow).hasSize(1);
        assertThat(fast).hasSize(2);
        assertThat(fast.getLast()).as("of the new plan alone").isLessThan(slow.getFirst() / 5);
        assertThat(after)
                .contains("is read by Index Scan using orders_code_idx instead of Seq Scan");
        assertThat(marks())
                .contains("Build index orders_code_idx on public.orders")
                .anyMatch(m -> m.startsWith("Plan of statement ") && m.endsWith(" changed"));
    }

    /// What the marks in the chart of the load say.
    private List<String> marks() {
        return FxToolkit.call(
                () ->
                        frame.scene().lookup("#load-chart").lookupAll(".label").stream()
                                .filter(n -> n instanceof Labeled l && l.getText().startsWith("▼"))
                                .map(n -> String.valueOf(Nodes.tipOf(n)))
                                .toList());
    }

    /// The mean times of its plans, oldest first.
    private static List<Double> millis(String pane) {
        return pane.lines()
                .filter(l -> l.startsWith("since "))
                .map(l -> l.substring(l.lastIndexOf("· ") + 2).split("\\s"))
                .map(
                        w ->
                                Double.parseDouble(w[0])
                                        * switch (w[1]) {
                                            case "s" -> 1000;
                                            case "ms" -> 1;
                                            case "µs" -> 0.001;
                                            default -> throw new AssertionError(w[1]);
                                        })
                .toList();
    }

    private void selectTheHotStatement() {
        until(() -> table() != null && !table().getItems().isEmpty());
        int rows = FxToolkit.call(() -> table().getItems().size());
        for (int i = 0; i < rows; i++) {
            robot.push(KeyCode.J);
            until(() -> shown("#diagnosis"));
            if (words("#diagnosis").startsWith("Missing index")) {
                return;
            }
        }
        throw new AssertionError("the hot statement is not in the table");
    }

    private TableView<?> table() {
        return (TableView<?>) frame.scene().lookup("#statements");
    }

    private ApprovalsViewModel model() {
        return (ApprovalsViewModel) FxToolkit.call(() -> frame.view(Destination.APPROVALS).model());
    }

    private void tabTo(String selector) {
        until(() -> frame.scene().lookup(selector) != null);
        for (int i = 0; i < 60; i++) {
            if (FxToolkit.call(() -> frame.scene().lookup(selector).isFocused())) {
                return;
            }
            robot.push(KeyCode.TAB);
        }
        throw new AssertionError("no way by Tab to " + selector);
    }

    private void goTo(Destination to) {
        FxToolkit.call(
                () -> {
                    frame.session().goTo(to);
                    return to;
                });
    }

    private boolean shown(String selector) {
        return FxToolkit.call(
                () -> {
                    var node = frame.scene().lookup(selector);
                    return node != null && node.isVisible();
                });
    }

    /// All that is written inside a node.
    private String words(String selector) {
        return FxToolkit.call(
                () -> {
                    var node = frame.scene().lookup(selector);
                    if (node == null) {
                        return "";
                    }
                    if (node instanceof Labeled label) {
                        return String.valueOf(label.getText());
                    }
                    return node.lookupAll("*").stream()
                            .map(HotStatementWalkPgTest::text)
                            .filter(t -> !t.isEmpty())
                            .collect(Collectors.joining("\n"));
                });
    }

    private static String text(Node node) {
        return switch (node) {
            case Labeled label -> String.valueOf(label.getText());
            case VerdictLine verdict -> verdict.sentence();
            default -> "";
        };
    }

    private static void until(Callable<Boolean> there) {
        await().atMost(Patience.LONG).pollInterval(Duration.ofMillis(50)).until(there);
    }
}
