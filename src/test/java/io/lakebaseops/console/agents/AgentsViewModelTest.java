package io.lakebaseops.console.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.FakeShop;
import io.lakebaseops.console.ToolWords;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Source;
import io.lakebaseops.framework.ToolReport;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/// What the agents screen says of its agents, jobs and runs.
final class AgentsViewModelTest {
    private final FakeShop shop = FakeShop.busyDay();
    private final ConsoleServices services = shop.services(Runnable::run, Path.of("unused"));
    private final ConsoleSession session =
            new ConsoleSession(services, FakeShop.PRODUCTION, Runnable::run);
    private final AgentsViewModel model =
            new AgentsViewModel(
                    session, services.framework(), services.jobs(), services.timeline());

    private AgentsSnapshot picture() {
        return Objects.requireNonNull(model.dataProperty().get());
    }

    private void ran(String tool, Actor by, ToolReport.Status status, Instant at) {
        shop.tools.reports.addFirst(
                new ToolReport(
                        UUID.randomUUID(),
                        tool,
                        FakeShop.PRODUCTION,
                        by,
                        status,
                        Source.LIVE,
                        List.of(),
                        null,
                        List.of(),
                        List.of(),
                        status == ToolReport.Status.OK ? null : "it did not work",
                        at,
                        Duration.ofSeconds(1)));
    }

    private AgentsSnapshot.AgentCard card(String agent) {
        return picture().agents().stream()
                .filter(a -> a.name().equals(agent))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_failed_job_is_named_with_its_reason_and_nothing_is_green_then() {
        model.activate();
        var verdict = AgentsVerdict.of(picture(), session);
        assertThat(verdict.role()).isEqualTo(Role.WARNING);
        assertThat(verdict.sentence()).contains("failed last time: Branch manager, ");
        assertThat(verdict.strong()).containsExactly("Branch manager");
    }

    @Test
    void what_a_person_got_wrong_makes_no_agent_look_ill() {
        shop.tools.reports.clear();
        ran("monitor_system_health", Actor.agent("scheduler"), ToolReport.Status.OK, FakeShop.NOW);
        ran("monitor_system_health", Actor.human("mira"), ToolReport.Status.FAILED, FakeShop.NOW);
        model.activate();
        assertThat(card("health").state()).isEqualTo("idle");
        assertThat(card("health").problem()).isNull();
        ran(
                "monitor_system_health",
                Actor.agent("scheduler"),
                ToolReport.Status.FAILED,
                FakeShop.NOW.plusSeconds(1));
        model.refresh();
        assertThat(card("health").state()).isEqualTo("last run failed");
        assertThat(card("health").problem()).isEqualTo("Monitor system health: it did not work");
    }

    @Test
    void the_day_of_an_agent_is_a_box_an_hour_with_the_worst_run_in_it() {
        shop.tools.reports.clear();
        var agent = Actor.agent("scheduler");
        ran("monitor_system_health", agent, ToolReport.Status.OK, hoursAgo(2));
        ran("monitor_system_health", agent, ToolReport.Status.FAILED, hoursAgo(2));
        ran("monitor_system_health", agent, ToolReport.Status.OK, hoursAgo(5));
        model.activate();
        var day = card("health").day();
        assertThat(day).hasSize(24);
        assertThat(day.get(21).role()).isEqualTo(Role.CRITICAL);
        assertThat(day.get(21).tip()).contains("2 runs");
        assertThat(day.get(18).role()).isEqualTo(Role.OK);
        assertThat(day.get(0).role()).as("no run").isEqualTo(Role.MUTED);
    }

    private static Instant hoursAgo(int hours) {
        return FakeShop.NOW.minus(Duration.ofHours(hours)).minusSeconds(60);
    }

    @Test
    void runs_of_tools_and_jobs_are_one_list_newest_first() {
        model.activate();
        var runs = picture().runs();
        assertThat(runs).hasAtLeastOneElementOfType(RunLine.OfJob.class);
        assertThat(runs).hasAtLeastOneElementOfType(RunLine.OfTool.class);
        assertThat(runs)
                .isSortedAccordingTo(java.util.Comparator.comparing(RunLine::startedAt).reversed());
    }

    @Test
    void tools_have_titles_a_person_reads_and_long_errors_end() {
        assertThat(ToolWords.title("detect_missing_fk_indexes"))
                .isEqualTo("Detect missing FK indexes");
        assertThat(ToolWords.title("persist_pg_stat_statements"))
                .isEqualTo("Persist pg_stat_statements");
        assertThat(ToolWords.title("setup_cicd_pipeline")).isEqualTo("Setup CI/CD pipeline");
        assertThat(ToolWords.brief("x".repeat(200_000))).hasSize(502);
    }
}
