package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lakebaseops.agents.ExecutionPlanHistory;
import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.agents.performance.optimization.AnalyzeSlowQueriesWithAi;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.console.parts.DataTable;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.GeneratedHistory;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.lakehouse.history.StatementStatistics;
import io.lakebaseops.lakehouse.history.UnwrittenWaits;
import io.lakebaseops.lakehouse.history.WaitHistory;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.ScreenTest;

import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The Queries screen on a real history and a real server: the hot statement, its plan as the tool
/// gives it, and the index it calls for, which waits for approval.
@ScreenTest
@Timeout(180)
final class QueriesUiTest {
    private static final String HOT =
            "select o.id, o.total from shop.orders o where o.code = $1 order by o.created_at limit $2";

    @TempDir private static Path lakeDir;
    private static Pg17 server;
    private static ToolRig rig;
    private static Lakehouse lake;
    private static long hot;

    @TempDir private Path dir;
    private FakeShop shop;
    private OpenConsole console;

    @BeforeAll
    static void start() throws SQLException {
        server = Pg17.started(List.of());
        var database = server.database("s");
        database.asDba(
                "create schema shop",
                "create table shop.orders (id bigint primary key, total int, code text, created_at"
                        + " timestamptz, filler text)",
                "insert into shop.orders select i, i % 999, 'c' || i, now() - i * interval '1 min',"
                        + " repeat('x', 80) from generate_series(1, 40000) i",
                "analyze shop.orders");
        try (var c = database.dba();
                var s = c.prepareStatement(HOT.replace("$1", "?").replace("$2", "?"))) {
            s.setString(1, "c77");
            s.setInt(2, 10);
            s.execute();
        }
        rig = ToolRig.of(database);
        lake = LocalLakehouse.open(lakeDir, Clock.fixed(FakeShop.NOW, ZoneOffset.UTC));
        lake.ensureTables(OpsTables.ALL);
        hot =
                Long.parseLong(
                        asked(null).diagnoses().stream()
                                .filter(d -> d.query().contains("o.code"))
                                .findFirst()
                                .orElseThrow()
                                .queryid());
        new SampleLoad(lake, FakeShop.NOW, hot, HOT).write();
        lake.append(OpsTables.PLAN_HISTORY.name(), List.of(earlierPlan()));
    }

    private static Map<String, Object> earlierPlan() {
        var row = new HashMap<String, Object>();
        row.put("project_id", FakeShop.PRODUCTION.project());
        row.put("branch_id", FakeShop.PRODUCTION.branch());
        row.put("recorded_at", FakeShop.NOW.minus(Duration.ofMinutes(50)));
        row.put("run_id", "sample");
        row.put("source", "live");
        row.put("queryid", hot);
        row.put("plan_fingerprint", "91c2aa");
        row.put(
                "plan",
                "[{\"Plan\": {\"Node Type\": \"Index Scan\", \"Relation Name\": \"orders\", \"Schema\":"
                        + " \"shop\", \"Alias\": \"o\", \"Index Name\": \"orders_code_old\", \"Startup"
                        + " Cost\": 0, \"Total Cost\": 8, \"Plan Rows\": 1, \"Plan Width\": 8}}]");
        row.put("total_cost", 8.0);
        row.put("plan_rows", 1.0);
        row.put("mean_exec_time", 41.0);
        row.put("plan_changed", true);
        row.put("captured_by", "generic_plan");
        return row;
    }

    @AfterAll
    static void stop() {
        rig.close();
        server.stop();
        lake.close();
    }

    private static AnalyzeSlowQueriesWithAi.Output asked(String queryid) {
        return ToolRig.found(
                        new AnalyzeSlowQueriesWithAi(
                                        rig.targets(),
                                        new ExecutionPlanHistory(lake, new FakeBus()),
                                        new WaitHistory(lake, UnwrittenWaits.NONE),
                                        new StatementStatistics(lake))
                                .run(
                                        new AnalyzeSlowQueriesWithAi.Input(0, 20, queryid),
                                        rig.context()))
                .data();
    }

    @BeforeEach
    void open() {
        shop = FakeShop.busyDay();
        shop.lake = lake;
        shop.generated =
                new GeneratedHistory(
                        FakeShop.NOW.minus(Duration.ofDays(90)),
                        FakeShop.NOW.minus(Duration.ofHours(4)));
        shop.server = underAnotherName(rig);
        shop.tools.answers.put(
                "analyze_slow_queries_with_ai", input -> asked(input.path("queryid").asText()));
        console = new OpenConsole(shop, dir, 1600, 900);
        console.goTo(Destination.queries());
    }

    @AfterEach
    void close() {
        console.close();
    }

    /// The server of the test as the production branch of the invented shop.
    private static Targets underAnotherName(ToolRig rig) {
        return (Targets)
                Proxy.newProxyInstance(
                        Targets.class.getClassLoader(),
                        new Class<?>[] {Targets.class},
                        (_, method, args) -> {
                            args[0] = rig.test().target();
                            return method.invoke(rig.targets(), args);
                        });
    }

    private TableView<?> table() {
        return (TableView<?>) console.node("#statements");
    }

    private void ready() {
        console.until(() -> !table().getItems().isEmpty());
    }

    private List<String> csv() {
        var copy = new ArrayList<String>();
        FxToolkit.call(
                () -> {
                    ((DataTable<?>) table().getParent()).csv().lines().forEach(copy::add);
                    return copy;
                });
        return copy;
    }

    @Test
    void a_hot_statement_leads_to_its_plan_and_the_index_filed_waits_in_approvals_by_keyboard() {
        ready();
        console.robot.push(KeyCode.J);
        console.until(() -> console.shown("#diagnosis"));
        var said = asked(Long.toString(hot)).diagnoses().getFirst();
        assertThat(console.text("#diagnosis"))
                .as("the pane says what the tool says")
                .isEqualTo(said.verdict())
                .startsWith("Missing index");
        console.robot.push(KeyCode.ENTER);
        console.until(() -> console.shown("#plan-page"));
        assertThat(console.text("#plan-verdict"))
                .isEqualTo(
                        "Seq Scan on shop.orders o makes 100.0 % of the estimated cost; missing"
                                + " index. The statement was not run.");
        assertThat(words("#what-changed"))
                .contains(
                        "shop.orders o is read by Seq Scan instead of Index Scan using orders_code_old")
                .contains("Plan 91c2 → Plan ");
        for (int i = 0; i < 40 && !focused("#file-index"); i++) {
            console.robot.push(KeyCode.TAB);
        }
        assertThat(focused("#file-index")).isTrue();
        console.robot.push(KeyCode.ENTER);
        console.until(
                () ->
                        console.frame
                                .session()
                                .destinationProperty()
                                .get()
                                .screen()
                                .equals(Destination.APPROVALS));
        console.until(() -> console.shown("#plan-title"));
        console.until(() -> console.text("#plan-title").contains("orders_code_idx"));
        assertThat(shop.desk.waiting())
                .anySatisfy(
                        p -> {
                            assertThat(p.plan().title())
                                    .isEqualTo("Build index orders_code_idx on shop.orders");
                            assertThat(p.plan().why()).contains("Missing index");
                            assertThat(p.plan().proposedBy().name()).isEqualTo("mira");
                        });
        assertThat(shop.desk.runs).as("nothing runs here").hasValue(0);
        // Back where the reader was.
        console.goTo(Destination.queries());
        assertThat(console.shown("#plan-page")).isTrue();
        console.robot.push(KeyCode.ALT, KeyCode.LEFT);
        console.until(() -> !console.shown("#plan-page"));
        assertThat(FxToolkit.call(() -> table().getSelectionModel().getSelectedIndex())).isZero();
    }

    /// All that is written inside a node.
    private String words(String selector) {
        return FxToolkit.call(
                () ->
                        console.frame.scene().lookup(selector).lookupAll(".label").stream()
                                .map(n -> ((Labeled) n).getText())
                                .collect(Collectors.joining("\n")));
    }

    private boolean focused(String selector) {
        return FxToolkit.call(
                () -> {
                    var node = console.frame.scene().lookup(selector);
                    return node != null && node.isFocused();
                });
    }

    @Test
    void what_the_table_shows_is_what_the_history_holds() {
        ready();
        var since = FakeShop.NOW.minus(Duration.ofHours(6));
        var raw =
                lake.query(
                                new LakeQuery(
                                        "raw",
                                        "select queryid, sum(total_exec_time) ms, sum(calls) calls,"
                                                + " sum(rows) r, sum(shared_blks_hit) hit,"
                                                + " sum(shared_blks_read) rd from {pg_stat_history}"
                                                + " group by 1 order by 2 desc"),
                                Map.of(),
                                ReadScope.between(since.plusMillis(1), FakeShop.NOW.plusMillis(1)),
                                Deadline.in(Duration.ofSeconds(30)))
                        .list();
        double all = raw.stream().mapToDouble(r -> number(r, "ms")).sum();
        var shown = csv();
        assertThat(shown.getFirst())
                .isEqualTo(
                        "\"Load, share\",Statement,Calls/s,Mean ± spread,Change,Rows,Hit / read,\"Temp,"
                                + " WAL\",Trend");
        assertThat(shown).hasSize(raw.size() + 1);
        double shares = 0;
        for (int i = 0; i < raw.size(); i++) {
            var row = raw.get(i);
            var cells = shown.get(i + 1).split(",");
            shares += Double.parseDouble(cells[0].replace(" %", ""));
            assertThat(cells[0]).isEqualTo(Format.percent(number(row, "ms") / all));
            double mean = number(row, "ms") / number(row, "calls");
            assertThat(shown.get(i + 1))
                    .contains(Format.seconds(mean / 1000).number())
                    .contains(Format.size(number(row, "hit") / number(row, "calls") * 8192));
        }
        assertThat(shares).as("shares add up to the whole").isCloseTo(100, within(0.5));
        // The legend's classes add up to the mean, and the mean to what was sampled.
        var samples =
                lake.query(
                                new LakeQuery(
                                        "samples",
                                        "select sum(samples * sample_period_seconds) s, count(distinct"
                                                + " recorded_at) * 60 as span from {wait_samples}"),
                                Map.of(),
                                ReadScope.between(since.plusMillis(1), FakeShop.NOW.plusMillis(1)),
                                Deadline.in(Duration.ofSeconds(30)))
                        .list()
                        .getFirst();
        assertThat(console.text("#load-mean"))
                .isEqualTo(Format.digits(number(samples, "s") / number(samples, "span")));
        assertThat(console.text("#generated")).startsWith("generated until");
    }

    private static double number(Map<String, ?> row, String column) {
        return ((Number) row.get(column)).doubleValue();
    }

    @Test
    void the_range_is_drawn_moved_and_left_by_key_and_the_table_follows() {
        ready();
        var before = console.text("#range-note");
        var chart =
                console.node("#load-chart")
                        .localToScreen(console.node("#load-chart").getLayoutBounds());
        double y = chart.getCenterY();
        console.robot
                .moveTo(chart.getMinX() + chart.getWidth() * 0.86, y)
                .press(MouseButton.PRIMARY)
                .moveTo(chart.getMinX() + chart.getWidth() * 0.99, y)
                .release(MouseButton.PRIMARY);
        console.until(() -> !console.text("#range-note").equals(before));
        var drawn = console.text("#range-note");
        console.until(() -> csv().get(1).contains("×"));
        assertThat(console.text("#queries-verdict"))
                .matches(
                        "One statement makes \\d+\\.\\d % of the load: its plan changed at"
                                + " \\d\\d:12, .* → .*");
        console.robot.push(KeyCode.LEFT);
        console.until(() -> !console.text("#range-note").equals(drawn));
        console.robot.push(KeyCode.ESCAPE);
        console.until(() -> console.text("#range-note").equals(before));
    }

    @Test
    void the_load_is_summed_up_by_role_application_and_database() {
        ready();
        for (var by : List.of("role", "application", "database")) {
            console.robot.clickOn("#by-" + by);
            var first =
                    switch (by) {
                        case "role" -> "etl";
                        case "application" -> "storefront-worker";
                        default -> "shop";
                    };
            console.until(() -> csv().size() > 1 && csv().get(1).contains(first));
        }
    }
}
