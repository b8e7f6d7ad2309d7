package io.lakebaseops.console.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.FakeShop;
import io.lakebaseops.console.SampleArchive;
import io.lakebaseops.console.ScreenState;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.plan.ArchiveOrder.Direction;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.state.Archival.Phase;
import io.lakebaseops.state.Archival.Status;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;

/// What the archive screen says and files, with background work done when the test says so.
final class ArchiveViewModelTest {
    private final FakeShop shop = FakeShop.busyDay();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final ConsoleServices services = shop.services(background::add, Path.of("unused"));
    private final ConsoleSession session =
            new ConsoleSession(services, FakeShop.PRODUCTION, Runnable::run);
    private final ArchiveViewModel model =
            new ArchiveViewModel(
                    session, services.health().archive(), services.desk(), services.framework());

    private void work() {
        while (!background.isEmpty()) {
            background.poll().run();
        }
    }

    private ArchiveSnapshot picture() {
        return Objects.requireNonNull(model.dataProperty().get());
    }

    private String verdict() {
        return ArchiveVerdict.of(picture()).sentence();
    }

    private Step.ArchiveStep filed() {
        var last =
                shop.desk.waiting().stream()
                        .filter(p -> p.plan().tool().equals("archive_cold_data_to_delta"))
                        .map(FiledPlan::plan)
                        .toList()
                        .getLast();
        return (Step.ArchiveStep) last.steps().getFirst();
    }

    @Test
    void above_all_it_says_whether_anything_is_deleted() {
        model.activate();
        work();
        assertThat(verdict()).contains("archival 41 stopped and has deleted nothing yet");
        assertThat(ArchiveVerdict.of(picture()).role()).isEqualTo(Role.WARNING);

        SampleArchive.run(shop);
        model.refresh();
        work();
        assertThat(verdict()).endsWith("archival 41 has deleted nothing yet.");

        shop.archive.archivals.set(
                0,
                SampleArchive.archival(
                        41, "shipments", Phase.DELETE, Status.RUNNING, FakeShop.NOW, null));
        model.refresh();
        work();
        assertThat(verdict())
                .endsWith(
                        "archival 41 has deleted 12,000 of 312,480 rows, all of them are in the archive.");
    }

    @Test
    void a_threshold_moves_whole_partitions_and_only_the_older_share_of_a_month() {
        model.activate();
        work();
        var choice = model.choice().orElseThrow();
        assertThat(choice.candidate().name()).isEqualTo("web.events");
        assertThat(choice.until()).isBeforeOrEqualTo(choice.before());
        int partitions = choice.partitions();
        model.threshold(30);
        assertThat(model.choice().orElseThrow().partitions()).isGreaterThan(partitions);
        model.threshold(0);
        assertThat(model.daysProperty().get()).isOne();

        model.select(picture().candidate("shop.orders").orElseThrow());
        model.threshold(45);
        var rows = model.choice().orElseThrow().rows();
        model.threshold(50);
        assertThat(model.choice().orElseThrow().rows()).isLessThan(rows);
    }

    @Test
    void what_stopped_is_continued_by_the_same_order_and_undone_by_its_way_back() {
        model.activate();
        work();
        var stopped = picture().open().getFirst();
        assertThat(picture().runs(stopped)).isFalse();
        model.fileContinuation(stopped);
        work();
        assertThat(filed().order()).isEqualTo(stopped.archiveStep().order());
        model.fileRestore(stopped, List.of());
        work();
        assertThat(filed().order().archival()).isEqualTo(stopped.id());
        assertThat(filed().order().direction()).isEqualTo(Direction.RESTORE);
        model.fileRestore(picture().ended().getFirst(), ArchivePane.parsed("(17) (18)"));
        work();
        assertThat(filed().order().restored()).containsExactly("(17)", "(18)");
        assertThat(ArchivePane.parsed("(1,\"a b\")\n(2,c)"))
                .containsExactly("(1,\"a b\")", "(2,c)");
    }

    @Test
    void nothing_counted_nothing_cold_and_a_failed_read_are_three_different_things() {
        shop.archive.archivals.clear();
        shop.archive.look = Optional.empty();
        model.activate();
        work();
        assertThat(verdict()).isEqualTo("Cold rows have not been counted yet.");
        assertThat(model.stateProperty().get()).isEqualTo(ScreenState.EMPTY);
        shop.archive.broken = new IllegalStateException("state database is down");
        model.refresh();
        work();
        assertThat(model.stateProperty().get()).isEqualTo(ScreenState.FAILED);
    }
}
