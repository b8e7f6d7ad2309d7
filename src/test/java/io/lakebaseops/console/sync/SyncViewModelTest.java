package io.lakebaseops.console.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.health.sync.RepairPlans;
import io.lakebaseops.agents.health.sync.SyncMonitor;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.FakeShop;
import io.lakebaseops.console.ScreenState;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.reconcile.DifferenceClass;
import io.lakebaseops.state.SyncPairs.Truth;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;

/// What the sync screen says and files, with background work done when the test says so.
final class SyncViewModelTest {
    private final FakeShop shop = FakeShop.busyDay();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final ConsoleServices services = shop.services(background::add, Path.of("unused"));
    private final ConsoleSession session =
            new ConsoleSession(services, FakeShop.PRODUCTION, Runnable::run);
    private final SyncViewModel model =
            new SyncViewModel(
                    session,
                    services.health().sync(),
                    services.framework(),
                    services.jobs(),
                    services.desk());

    private void work() {
        while (!background.isEmpty()) {
            background.poll().run();
        }
    }

    private SyncSnapshot picture() {
        return Objects.requireNonNull(model.dataProperty().get());
    }

    @Test
    void the_worst_and_the_stalest_pair_are_named_and_the_worst_is_open() {
        model.activate();
        work();
        var said = SyncVerdict.of(picture());
        assertThat(said.sentence())
                .isEqualTo(
                        "35 rows of shop.orders differ; shop.inventory is 1 h 24 min behind;"
                                + " shop.payments could not be compared.");
        assertThat(said.role()).isEqualTo(Role.CRITICAL);
        assertThat(model.selectionProperty().get().pair()).isEqualTo("shop.orders");
        assertThat(Objects.requireNonNull(model.selectionProperty().get().key()).keyText())
                .as("the first of the largest group")
                .isEqualTo("3023377");
    }

    @Test
    void alike_keys_are_one_line_until_their_group_is_opened() {
        model.activate();
        work();
        var lines = KeyLine.of(model.shownKeys(), model.selectionProperty().get().open());
        assertThat(lines).extracting(KeyLine::alike).containsExactly(21, 12, 1, 1);
        model.fold(lines.getFirst().group());
        assertThat(KeyLine.of(model.shownKeys(), model.selectionProperty().get().open()))
                .hasSize(24);
        model.only(DifferenceClass.MISSING);
        assertThat(model.shownKeys()).hasSize(12);
        model.only((Integer) 905);
        assertThat(model.shownKeys()).hasSize(12);
        model.only((Integer) 1);
        assertThat(model.shownKeys()).isEmpty();
    }

    @Test
    void keys_are_stepped_through_round_and_round_and_copied() {
        model.activate();
        work();
        model.step(-1);
        assertThat(Objects.requireNonNull(model.selectionProperty().get().key()).keyText())
                .isEqualTo("1610371");
        assertThat(model.keysAsCsv())
                .startsWith("id,class,columns\r\n3023377,stale,status\r\n")
                .contains("2674221,missing,");
    }

    /// Where PostgreSQL is right nothing is filed: the pipeline alone writes to Delta.
    @Test
    void only_rows_of_postgresql_are_repaired_by_a_plan() {
        shop.sync.busy(FakeShop.NOW, Truth.POSTGRESQL);
        model.activate();
        work();
        assertThat(model.repairable()).isFalse();
        model.fileRepair();
        work();
        assertThat(shop.sync.repaired).isEmpty();

        shop.sync.busy(FakeShop.NOW, Truth.DELTA);
        shop.sync.answer = new RepairPlans.Refused("columns whose text is not their value: tags");
        model.refresh();
        work();
        model.fileRepair();
        work();
        assertThat(shop.sync.repaired).containsExactly(35);
        assertThat(Objects.requireNonNull(model.noticeProperty().get()).text())
                .contains("No plan was filed: columns whose text");
    }

    @Test
    void what_was_found_is_offered_when_nothing_is_watched() {
        var found = shop.sync.round.found();
        shop.sync.round = new SyncMonitor.Round("prod_storefront", List.of(), Map.of(), found);
        model.activate();
        work();
        assertThat(model.stateProperty().get()).isEqualTo(ScreenState.EMPTY);
        assertThat(SyncVerdict.of(picture()).sentence())
                .isEqualTo(
                        "No pair is watched. 1 table has the same name and columns in Delta catalog"
                                + " prod_storefront.");
        model.watchAll();
        work();
        assertThat(shop.sync.decided).containsExactly("watch shop.shipments");
    }

    /// What was read before another server was looked at is not shown for it.
    @Test
    void a_late_answer_about_another_server_is_dropped() {
        model.activate();
        session.lookAt(FakeShop.STAGING);
        shop.sync.round = new SyncMonitor.Round("prod_storefront", List.of(), Map.of(), List.of());
        work();
        assertThat(picture().pairs()).isEmpty();
        assertThat(model.selectionProperty().get().pair()).isNull();
    }

    @Test
    void a_failure_keeps_the_last_result_and_is_said() {
        model.activate();
        work();
        shop.sync.broken = new IllegalStateException("the state database is away");
        model.refresh();
        work();
        assertThat(model.stateProperty().get()).isEqualTo(ScreenState.FAILED);
        assertThat(model.troubleProperty().get()).contains("the state database is away");
        assertThat(picture().pairs()).hasSize(5);
    }

    @Test
    void the_end_of_a_check_is_read_and_other_events_are_not() {
        assertThat(
                        model.concerns(
                                new OpsEvent.SyncDriftDetected(
                                        FakeShop.PRODUCTION,
                                        FakeShop.NOW,
                                        Subject.table("d", "shop", "orders"))))
                .isTrue();
        assertThat(model.concerns(new OpsEvent.HealthMeasured(FakeShop.PRODUCTION, FakeShop.NOW)))
                .isFalse();
    }
}
