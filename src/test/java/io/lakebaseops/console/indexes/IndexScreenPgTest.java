package io.lakebaseops.console.indexes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.Destination;
import io.lakebaseops.console.ScreenState;
import io.lakebaseops.console.Theme;
import io.lakebaseops.console.fx.FxExecutor;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.console.shell.Frame;
import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Impact;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.testing.Fastest;
import io.lakebaseops.testing.Patience;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.ScreenRobot;
import io.lakebaseops.testing.ScreenTest;

import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/// From a finding to a verified change by keys alone, on a real server with the real gate.
@ScreenTest
@Timeout(240)
final class IndexScreenPgTest {
    private static final Logger LOG = Logger.getLogger(IndexScreenPgTest.class.getName());
    private static final int FINDINGS = 3_500;
    private static final Pg17 SERVER = Pg17.started(List.of());

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @TempDir private Path dir;
    private final FxRobot robot = ScreenRobot.shared();
    private Pg17.Database database;
    private IndexRig rig;
    private Frame frame;
    private Stage stage;

    @BeforeEach
    void open() {
        database = SERVER.database("index_screen");
        database.asDba(
                "create table orders (id bigint primary key, customer_id bigint, at timestamptz)",
                "insert into orders select i, i % 500, now() from generate_series(1, 60000) i",
                "create index orders_customer_id_at_idx on orders (customer_id, at)",
                "create index orders_customer_id_idx on orders (customer_id)",
                "vacuum analyze orders");
        rig = new IndexRig(database, dir);
        rig.lake.answers.put("lakehouse/index_usage_days", scans("orders_customer_id_idx"));
        rig.look();
        FxToolkit.headless();
        FxToolkit.start();
        frame =
                FxToolkit.call(
                        () ->
                                new Frame(
                                        rig.services,
                                        rig.target,
                                        new FxExecutor(),
                                        Theme.DARK,
                                        1600,
                                        900));
        stage =
                FxToolkit.call(
                        () -> {
                            var window = new Stage();
                            window.setScene(frame.scene());
                            window.show();
                            return window;
                        });
        robot.targetWindow(stage);
        goTo(Destination.indexes());
        until(() -> !model().dataProperty().get().lines().isEmpty());
    }

    /// Forty scans a day until ten days ago, none since; the first fifteen days are generated.
    private static Rows scans(String index) {
        var rows = new ArrayList<Map<String, Object>>();
        var now = Instant.now();
        for (int d = 29; d >= 0; d--) {
            rows.add(
                    Map.of(
                            "index_name",
                            index,
                            "recorded_at",
                            now.minus(Duration.ofDays(d)),
                            "interval_seconds",
                            86_400.0,
                            "scans",
                            d >= 10 ? 40L : 0L,
                            "index_bytes",
                            1_000_000L,
                            "reset_detected",
                            false,
                            "source",
                            d >= 15 ? "simulated" : "live"));
        }
        return new Rows(rows);
    }

    @AfterEach
    void close() {
        FxToolkit.call(
                () -> {
                    stage.hide();
                    frame.close();
                    return frame;
                });
        rig.close();
    }

    private IndexesViewModel model() {
        return (IndexesViewModel) FxToolkit.call(() -> frame.view(Destination.INDEXES).model());
    }

    private void goTo(Destination to) {
        FxToolkit.call(
                () -> {
                    frame.session().goTo(to);
                    return to;
                });
        until(() -> model().dataProperty().get() != null);
    }

    private Node node(String selector) {
        return frame.scene().lookup(selector);
    }

    private void until(Callable<Boolean> there) {
        Awaitility.await()
                .atMost(Patience.LONG)
                .pollInterval(Duration.ofMillis(30))
                .until(
                        () ->
                                FxToolkit.call(
                                        () -> {
                                            try {
                                                return there.call();
                                            } catch (Exception e) {
                                                throw new AssertionError(e);
                                            }
                                        }));
    }

    @Test
    void a_finding_is_filed_approved_verified_and_gone_by_keys_alone() {
        assertThat(model().dataProperty().get().lines())
                .extracting(l -> l.kind() + " " + l.object())
                .containsExactly("Prefix public.orders_customer_id_idx");
        robot.push(KeyCode.J);
        until(() -> node("#file-finding") != null && !node("#file-finding").isDisabled());
        until(() -> model().tableProperty().get() instanceof TableView.Read);
        robot.push(KeyCode.F);
        until(() -> node("#review-plan") != null);
        var plan = model().detailProperty().get().plan();
        assertThat(plan.state()).isEqualTo(FiledPlan.State.WAITING);
        assertThat(plan.plan().title()).contains("orders_customer_id_idx");

        robot.push(KeyCode.F);
        until(() -> node("#approve") != null && !node("#approve").isDisabled());
        FxToolkit.call(
                () -> {
                    node("#approve").requestFocus();
                    return true;
                });
        robot.push(KeyCode.CONTROL, KeyCode.ENTER);
        until(() -> rig.gate.found(plan).verification() != null);
        assertThat(rig.gate.found(plan).verification()).isInstanceOf(Verification.Confirmed.class);
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT3);
        // The analysis ran again by itself, because an index has changed.
        until(
                () ->
                        model().dataProperty().get().lines().stream()
                                .noneMatch(
                                        l ->
                                                database.name()
                                                        .equals(l.finding().subject().database())));
        assertThat(database.scalar("select count(*) from pg_indexes where tablename = 'orders'"))
                .isEqualTo("2");
    }

    @Test
    void a_drop_is_certified_in_the_pane_and_the_twin_deleted_on_request() {
        database.asDba("select count(*) from orders where customer_id = 7");
        robot.push(KeyCode.J);
        until(() -> node("#plan-in-twin") != null && !node("#plan-in-twin").isDisabled());
        assertThat(shown()).anyMatch(t -> t.contains("statistics of the database"));
        press("#plan-in-twin");
        until(() -> node("#delete-twin") != null);
        assertThat(model().detailProperty().get().planned().certificate()).isNotNull();
        assertThat(shown())
                .anyMatch(t -> t.contains("planned again without it"))
                .anyMatch(t -> t.contains("orders_customer_id_at_idx is valid"))
                .anyMatch(t -> t.contains("not measured"));
        assertThat(rig.twin.twin().isThere()).isTrue();
        press("#delete-twin");
        until(() -> node("#delete-twin") == null);
        assertThat(rig.twin.twin().isThere()).isFalse();
        assertThat(rig.twin.folder()).isEmptyDirectory();
    }

    @Test
    void the_best_set_is_searched_drawn_explained_and_filed() {
        database.asDba(
                "create table parcels (id bigint, code text)",
                "insert into parcels select i, 'p' || i from generate_series(1, 60000) i",
                "vacuum analyze parcels");
        for (int i = 0; i < 10; i++) {
            database.asDba("select id from parcels where code = 'p%d'".formatted(i));
        }
        press("#show-budget");
        until(() -> node("#index-budget").isVisible());
        press("#search-set");
        until(() -> !model().dataProperty().get().sets().isEmpty());
        until(() -> node("#budget-chart").isVisible());
        press("#open-set");
        until(() -> node("#index-set").isVisible());
        var words =
                FxToolkit.call(
                        () ->
                                node("#index-set").lookupAll(".label").stream()
                                        .map(n -> ((Labeled) n).getText())
                                        .toList());
        assertThat(words)
                .anyMatch(t -> t.contains("would be saved"))
                .anyMatch(t -> t.startsWith("parcels_code_idx"))
                .anyMatch(t -> t.contains("7 d are wanted before an index is dropped"));
        press("#file-set");
        until(
                () ->
                        rig.gate.desk().waiting().stream()
                                .anyMatch(p -> p.plan().title().contains("parcels_code_idx")));
        robot.push(KeyCode.ESCAPE);
        until(() -> !node("#index-set").isVisible());
    }

    @Test
    void a_certificate_is_shown_with_its_age_and_void_once_an_index_was_added() {
        robot.push(KeyCode.J);
        press("#plan-in-twin");
        until(() -> node("#delete-twin") != null);
        press("#delete-twin");
        until(() -> shown().stream().anyMatch(t -> t.startsWith("Certificate of")));
        press("#file-finding");
        press("#review-plan");
        until(() -> node("#plan-certificate") != null && node("#plan-certificate").isVisible());
        goTo(Destination.indexes());
        database.asDba("create index orders_added_idx on orders (at, id)");
        rig.look();
        FxToolkit.call(
                () -> {
                    model().open(model().dataProperty().get().lines().getFirst());
                    return true;
                });
        until(() -> shown().stream().anyMatch(t -> t.contains("certificate is void")));
        assertThat(shown()).anyMatch(t -> t.contains("other indexes of its table have changed"));
    }

    private void press(String selector) {
        until(() -> node(selector) != null && !node(selector).isDisabled());
        FxToolkit.call(
                () -> {
                    ((ButtonBase) node(selector)).fire();
                    return true;
                });
    }

    private List<String> shown() {
        return FxToolkit.call(
                () ->
                        node("#finding").lookupAll(".label").stream()
                                .map(n -> ((Labeled) n).getText())
                                .toList());
    }

    @Test
    void what_is_ignored_comes_back_after_its_date() {
        robot.push(KeyCode.J);
        until(() -> node("#finding") != null && node("#finding").isVisible());
        robot.push(KeyCode.I);
        until(() -> node("#ignore-form-reason") != null);
        robot.write("release week").push(KeyCode.ENTER);
        until(() -> model().dataProperty().get().lines().isEmpty());
        rig.look();
        var ignored =
                rig.services
                        .findings()
                        .ignored(rig.target, FindingGroup.ALL.kinds(), Instant.now(), 10);
        assertThat(ignored)
                .singleElement()
                .satisfies(i -> assertThat(i.reason()).isEqualTo("release week"));
        var until = ignored.getFirst().until();
        assertThat(until)
                .isBetween(
                        Instant.now().plus(Duration.ofDays(6)),
                        Instant.now().plus(Duration.ofDays(8)));

        // Its date passes.
        rig.services
                .findings()
                .ignore(
                        ignored.getFirst().finding().fingerprint(),
                        "kim",
                        "release week",
                        Instant.now().minusSeconds(1));
        rig.look();
        FxToolkit.call(
                () -> {
                    model().refresh();
                    return true;
                });
        until(() -> model().dataProperty().get().lines().size() == 1);
        assertThat(model().dataProperty().get().lines().getFirst().earlierReason())
                .isEqualTo("release week");
    }

    @Test
    void the_matrix_of_a_table_is_read_by_itself_with_what_covers_what() {
        until(() -> model().tableProperty().get() instanceof TableView.Read);
        var matrix = ((TableView.Read) model().tableProperty().get()).matrix();
        assertThat(matrix.columns()).isEqualTo(List.of("id", "customer_id", "at"));
        assertThat(matrix.indexes())
                .extracting(e -> e.name() + " " + (e.covered() == null ? "" : e.covered().kind()))
                .containsExactlyInAnyOrder(
                        "orders_pkey ",
                        "orders_customer_id_at_idx ",
                        "orders_customer_id_idx prefix");
        assertThat(matrix.indexes().stream().mapToDouble(e -> e.writeShare()).sum())
                .isBetween(0.999, 1.001);
        assertThat(matrix.indexes()).allMatch(e -> e.bloat() != null && e.bytes() > 0);

        // Its scans of the last days stand in the matrix and in the pane of its finding.
        var usage =
                ((TableView.Read) model().tableProperty().get()).usage("orders_customer_id_idx");
        var days = usage.perDay(Instant.now(), TableView.Read.DAYS);
        assertThat(days[0]).isEqualTo(40);
        assertThat(days[29]).isZero();
        assertThat(Arrays.stream(days).filter(d -> d == 40).count()).isBetween(19L, 21L);
        robot.push(KeyCode.J);
        until(() -> node("#scans-30-days-words") != null);
        assertThat(FxToolkit.call(() -> ((Labeled) node("#scans-30-days-words")).getText()))
                .startsWith("27 scans a day over 30 days, 40 on the busiest; generated until");
        assertThat(node("#scans-30-days")).isNotNull();
    }

    @Test
    void the_palette_finds_a_table_without_findings_and_opens_its_indexes() {
        database.asDba("create table parcels (id int primary key, code text unique)");
        robot.push(KeyCode.CONTROL, KeyCode.K);
        until(() -> node("#palette-text") != null);
        robot.write("parcel");
        until(() -> offered("parcels_code_key") > 0);
        for (int i = 0; i < offered("parcels]"); i++) {
            robot.push(KeyCode.DOWN);
        }
        robot.push(KeyCode.ENTER);
        until(
                () ->
                        model().tableProperty().get() instanceof TableView.Read read
                                && read.matrix().table().equals("parcels"));
    }

    /// The place in the palette of the first whose title ends so; -1 while there is none.
    private int offered(String title) {
        var list = (ListView<?>) node("#palette-list");
        var items = list == null ? List.of() : List.copyOf(list.getItems());
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).toString().contains("public." + title.replace("]", ","))) {
                return i;
            }
        }
        return -1;
    }

    @Test
    void it_opens_within_300_ms_on_thousands_of_findings() throws Exception {
        var now = Instant.now();
        var many =
                IntStream.range(0, FINDINGS)
                        .mapToObj(
                                i ->
                                        Finding.of(
                                                        rig.target,
                                                        FindingGroup.NOT_NEEDED.kinds().getFirst(),
                                                        Severity.INFO,
                                                        Subject.index(
                                                                database.name(),
                                                                "s" + i % 100,
                                                                "t" + i,
                                                                "t" + i + "_idx"),
                                                        "index " + i + " repeats another one",
                                                        new Confidence(1, "the catalog says so"),
                                                        "drop index x",
                                                        null,
                                                        List.of(),
                                                        now)
                                                .worth(Impact.frees(i * 1024L)))
                        .toList();
        rig.services.findings().reconcile(rig.target, many, List.of(), now);
        var took = Fastest.of(30, Duration.ofMillis(300), this::reopened);
        LOG.warning("Indexes with %,d findings opened in %s".formatted(FINDINGS + 1, took));
        FxToolkit.call(
                () -> {
                    model().refresh();
                    return true;
                });
        until(() -> model().dataProperty().get().lines().size() == IndexesViewModel.PAGE);
        var picture = model().dataProperty().get();
        assertThat(picture.lines().stream().map(FindingLine::bytes).toList())
                .as("ranked")
                .contains((FINDINGS - 1) * 1024L)
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(picture.count(FindingGroup.ALL)).isEqualTo(FINDINGS + 1);
        assertThat(picture.tables()).hasSizeLessThanOrEqualTo(50);
        FxToolkit.call(
                () -> {
                    model().showMore();
                    return true;
                });
        until(() -> model().dataProperty().get().lines().size() == 2 * IndexesViewModel.PAGE);
    }

    /// As visited for the first time: a window of its own, whose first screen is read already.
    private Duration reopened() {
        var other =
                FxToolkit.call(
                        () ->
                                new Frame(
                                        rig.services,
                                        rig.target,
                                        new FxExecutor(),
                                        Theme.DARK,
                                        1600,
                                        900));
        try {
            until(
                    () ->
                            other.view(Destination.OVERVIEW).model().stateProperty().get()
                                    != ScreenState.LOADING);
            long start = System.nanoTime();
            FxToolkit.call(
                    () -> {
                        other.session().goTo(Destination.indexes());
                        return true;
                    });
            Awaitility.await()
                    .atMost(Patience.LONG)
                    .pollInterval(Duration.ofMillis(5))
                    .until(
                            () ->
                                    FxToolkit.call(
                                            () ->
                                                    other.view(Destination.INDEXES)
                                                                    .model()
                                                                    .dataProperty()
                                                                    .get()
                                                            != null));
            FxToolkit.call(
                    () -> {
                        other.scene().getRoot().applyCss();
                        other.scene().getRoot().layout();
                        return true;
                    });
            return Duration.ofNanos(System.nanoTime() - start);
        } finally {
            FxToolkit.call(
                    () -> {
                        other.close();
                        return true;
                    });
        }
    }
}
