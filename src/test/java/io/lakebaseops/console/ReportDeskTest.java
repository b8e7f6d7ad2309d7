package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.console.overview.OverviewViewModel;
import io.lakebaseops.console.report.ReportDesk;
import io.lakebaseops.console.shell.ConsoleScreens;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.report.HtmlReport;
import io.lakebaseops.report.Section;
import io.lakebaseops.report.Tone;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// The report says what the screens say, is bounded, and keeps what it must not tell.
final class ReportDeskTest {
    private static final String SECRET = "hunter2-tr0ub4dor";

    @TempDir private Path dir;
    private final FakeShop shop = FakeShop.busyDay();
    private @Nullable ConsoleSession session;

    @AfterEach
    void close() {
        if (session != null) {
            session.close();
        }
    }

    private ReportDesk desk() {
        var services = shop.services(Runnable::run, dir.resolve("memory.json"));
        session = new ConsoleSession(services, FakeShop.PRODUCTION, Runnable::run);
        return new ReportDesk(services, ConsoleScreens.of(services));
    }

    private String whole() {
        var desk = desk();
        return HtmlReport.of(desk.whole(session));
    }

    private static Section section(List<Section> sections, String id) {
        return sections.stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
    }

    @Test
    void every_screen_of_a_server_has_its_section_with_its_own_verdict() {
        var desk = desk();
        var report = desk.whole(session);
        assertThat(report.sections().stream().map(Section::id))
                .containsExactly(
                        "overview",
                        "queries",
                        "indexes",
                        "vacuum",
                        "branches",
                        "sync",
                        "archive",
                        "cost",
                        "approvals",
                        "agents");
        assertThat(report.sections()).noneMatch(s -> s.verdict().startsWith("Could not be read"));
        assertThat(section(report.sections(), "overview").verdict())
                .isEqualTo(
                        "shop.inventory has 14.2 % dead rows, warning since 14:41. 3 plans wait for you."
                                .replace("14:41", at(shop.alerts.getFirst().openedAt())));
        assertThat(section(report.sections(), "approvals").verdict())
                .isEqualTo("3 plans wait for a decision, 1 of high risk.");
        var html = HtmlReport.of(report);
        assertThat(html)
                .contains("to detect (MTTD)", "to recover (MTTR)", "DBA hours saved in 7 days")
                .contains("estimated", "Audit chain intact, 148 entries", "PostgreSQL 17.11")
                .contains("VACUUM (FULL, ANALYZE)", "Exactly this runs", "no replica");
    }

    private String at(java.time.Instant instant) {
        return io.lakebaseops.domain.Format.clock(instant, FakeShop.NOW, session.zone());
    }

    @Test
    void a_section_that_cannot_be_read_says_so_and_the_others_stand() {
        shop.vacuum.broken =
                new OpsException(
                        OpsException.Kind.UNREACHABLE, "Reading tables", "the server is gone", "");
        var report = desk().whole(session);
        var vacuum = section(report.sections(), "vacuum");
        assertThat(vacuum.tone()).isEqualTo(Tone.UNAVAILABLE);
        assertThat(vacuum.verdict()).contains("the server is gone");
        assertThat(section(report.sections(), "sync").blocks()).isNotEmpty();
    }

    @Test
    void ten_thousand_findings_make_no_longer_report() {
        int few = whole().length();
        close();
        for (int i = 0; i < 10_000; i++) {
            shop.findings.add(
                    FakeShop.finding(
                            "unused_index",
                            Severity.WARNING,
                            Subject.index("storefront", "shop", "orders", "idx_" + i),
                            "idx_%d was not scanned for 60 days".formatted(i),
                            null));
        }
        var html = whole();
        assertThat(html.length()).isLessThan(few + 20_000);
        assertThat(html).contains("and 9,9");
    }

    @Test
    void literals_of_statements_and_values_of_plans_are_left_out() {
        shop.desk.put(
                SampleDay.plan(
                        UUID.randomUUID(),
                        "Alter role",
                        "Set the password of app",
                        Subject.database("storefront"),
                        "It is due.",
                        RiskLevel.HIGH,
                        LockLevel.NONE,
                        "alter role app password '%s' -- %s".formatted(SECRET, SECRET),
                        "alter role app password '%s'".formatted(SECRET),
                        "none",
                        "1 s",
                        Duration.ofHours(9),
                        null));
        assertThat(shop.desk.waiting(0, 50).stream().map(FiledPlan::plan))
                .anyMatch(p -> p.title().contains("password"));
        var html = whole();
        assertThat(html).contains("alter role app password ?");
        assertThat(html).doesNotContain(SECRET);
    }

    @Test
    void one_screen_is_told_as_it_is_looked_at() {
        var desk = desk();
        var overview = desk.screens().getFirst();
        var model = new OverviewViewModel(session, shop.services(Runnable::run, dir.resolve("m")));
        model.show(OverviewViewModel.Range.HOURS_6);
        var how = java.util.Objects.requireNonNull(overview.report());
        var shown = desk.one(session, overview, how.asShown(session, model));
        assertThat(shown.sections()).hasSize(1);
        assertThat(shown.title()).isEqualTo("Overview of storefront-prod / production");
        var starts = new ArrayList<String>();
        for (var report : List.of(shown, desk.one(session, "overview"))) {
            starts.add(HtmlReport.of(report));
        }
        // Six hours against the day of the standard report.
        assertThat(starts.getFirst()).isNotEqualTo(starts.getLast());
        assertThatThrownBy(() -> desk.one(session, "settings"))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("choose one of overview, queries");
    }
}
