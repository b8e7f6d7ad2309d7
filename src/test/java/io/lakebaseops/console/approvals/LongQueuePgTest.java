package io.lakebaseops.console.approvals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.agents.GateRig;
import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.change.approval.PlanListener;
import io.lakebaseops.change.approval.PlanQueue;
import io.lakebaseops.change.approval.PlanQueue.Who;
import io.lakebaseops.change.approval.StoredPlanQueue;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.FakeShop;
import io.lakebaseops.console.SamplePlans;
import io.lakebaseops.console.ScreenState;
import io.lakebaseops.console.Theme;
import io.lakebaseops.console.fx.FxExecutor;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.console.shell.Frame;
import io.lakebaseops.testing.Fastest;
import io.lakebaseops.testing.Patience;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.ScreenTest;

import javafx.scene.control.ListView;
import javafx.stage.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Logger;

/// The queue of a server with thousands of findings, on a real state database.
@ScreenTest
@Timeout(300)
final class LongQueuePgTest {
    private static final Logger LOG = Logger.getLogger(LongQueuePgTest.class.getName());
    private static final int PLANS = 3500;

    @TempDir private Path dir;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final FakeShop shop = FakeShop.busyDay();
    private String stateUrl;
    private GateRig rig;
    private StoredPlanQueue queue;

    @BeforeEach
    void fill() throws Exception {
        var server = Pg17.shared();
        stateUrl = server.database("long_queue_state").url();
        rig =
                GateRig.on(
                        stateUrl,
                        ToolRig.of(server.database("long_queue")),
                        PlanListener.NOBODY,
                        _ -> Optional.empty());
        queue = new StoredPlanQueue(rig.state());
        rig.desk().file(SamplePlans.madeNow(shop.plan(SamplePlans.CREATE).plan()));
        copies(
                PLANS - 1,
                "jsonb_build_object('id', gen_random_uuid(), 'fingerprint', md5(i::text) || md5('w' || i),"
                        + " 'work', md5(i::text), 'title', 'Create index on shop.t' || i || ' (order_id)')");
        copies(
                PLANS,
                "jsonb_build_object('id', gen_random_uuid(), 'state', 'DONE', 'decided_by', 'policy',"
                        + " 'decided_at', now() - make_interval(secs => i * 25),"
                        + " 'title', 'Vacuum shop.t' || i % 10)");
    }

    private void copies(int n, String changed) throws Exception {
        try (var connection = DriverManager.getConnection(stateUrl, Pg17.DBA, Pg17.DBA_PASSWORD);
                var statement = connection.createStatement()) {
            statement.execute(
                    ("insert into lakebaseops.change_plans"
                                    + " select (jsonb_populate_record(p, %s)).*"
                                    + " from lakebaseops.change_plans p, generate_series(1, %d) i"
                                    + " where p.id = (select id from lakebaseops.change_plans"
                                    + " where state = 'WAITING' limit 1)")
                            .formatted(changed, n));
        }
    }

    @AfterEach
    void close() {
        rig.close();
        threads.close();
    }

    @Test
    void thousands_of_entries_are_paged_and_alike_ones_are_one_line() {
        var target = FakeShop.PRODUCTION;
        assertThat(queue.counts())
                .singleElement()
                .satisfies(c -> assertThat(c.plans()).isEqualTo(PLANS));
        var first = queue.waiting(target, Set.of(), 50);
        assertThat(first).hasSize(PlanQueue.EACH).allMatch(g -> g.times() == PLANS);
        var alike = first.getFirst().newest().alike();
        assertThat(queue.waiting(target, Set.of(alike), 50)).as("opened").hasSize(50);
        assertThat(queue.waiting(FakeShop.STAGING, Set.of(), 50)).isEmpty();
        var decided = queue.decided(null, Who.ALL, "mira", 50);
        assertThat(decided).hasSize(10);
        assertThat(decided.getFirst().newest().title()).isEqualTo("Vacuum shop.t1");
        assertThat(decided.getFirst().times()).isEqualTo(300);
        assertThat(queue.decided(null, Who.MINE, "mira", 50)).isEmpty();
        assertThat(queue.decided(null, Who.POLICY, "mira", 50)).hasSize(10);
        assertThat(queue.decided(null, Who.FAILED, "mira", 50)).isEmpty();
    }

    @Test
    void each_change_of_a_plan_by_anyone_moves_the_version() {
        long before = queue.version();
        var plan =
                rig.desk()
                        .find(queue.waiting(null, Set.of(), 1).getFirst().newest().id())
                        .orElseThrow();
        assertThat(queue.version()).as("reading changes nothing").isEqualTo(before);
        rig.desk().reject(plan.id(), io.lakebaseops.domain.Actor.human("kim"), "not now");
        assertThat(queue.version()).isGreaterThan(before);
    }

    @Test
    void the_screen_opens_within_300_ms() throws Exception {
        FxToolkit.headless();
        FxToolkit.start();
        var services = shop.services(threads, dir.resolve("m.json"), rig.desk(), queue);
        var took = Fastest.of(20, Duration.ofMillis(300), () -> open(services));
        LOG.warning(
                "Approvals with %,d waiting and %,d decided plans opened in %s"
                        .formatted(PLANS, PLANS, took));
    }

    private Duration open(io.lakebaseops.console.ConsoleServices services) {
        var frame =
                FxToolkit.call(
                        () ->
                                new Frame(
                                        services,
                                        FakeShop.PRODUCTION,
                                        new FxExecutor(),
                                        Theme.DARK,
                                        1600,
                                        900));
        var stage =
                FxToolkit.call(
                        () -> {
                            var window = new Stage();
                            window.setScene(frame.scene());
                            window.show();
                            return window;
                        });
        try {
            // What the first screen reads is not what is measured here.
            await().atMost(Patience.LONG)
                    .until(
                            () ->
                                    FxToolkit.call(
                                            () ->
                                                    frame.view(Destination.OVERVIEW)
                                                                    .model()
                                                                    .stateProperty()
                                                                    .get()
                                                            != ScreenState.LOADING));
            long start = System.nanoTime();
            FxToolkit.call(
                    () -> {
                        frame.session().goTo(Destination.approvals());
                        return true;
                    });
            await().atMost(Patience.LONG)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> FxToolkit.call(() -> filled(frame)));
            return Duration.ofNanos(System.nanoTime() - start);
        } finally {
            FxToolkit.call(
                    () -> {
                        stage.hide();
                        frame.close();
                        return true;
                    });
        }
    }

    private static boolean filled(Frame frame) {
        var list = (ListView<?>) frame.scene().lookup("#queue");
        return list != null
                && list.getItems().size() > PlanQueue.EACH
                && frame.scene().lookup(".plan-card") != null
                && frame.scene().lookup("#plan-title") != null;
    }
}
