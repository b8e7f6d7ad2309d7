package io.lakebaseops.console.overview;

import static io.lakebaseops.domain.Metric.Condition.LITTLE_TRAFFIC;
import static io.lakebaseops.domain.Metric.Condition.WARMING_UP;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.health.monitoring.EvidenceReader;
import io.lakebaseops.agents.health.monitoring.HealthBoard;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.FakeShop;
import io.lakebaseops.console.SampleCause;
import io.lakebaseops.console.SamplePlans;
import io.lakebaseops.console.ScreenState;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.GeneratedHistory;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetCondition;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.HeldBack;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.state.Alerts;
import io.lakebaseops.state.Outbox;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

final class OverviewViewModelTest {
    private final FakeShop shop = FakeShop.busyDay();
    private final ConsoleServices services = shop.services(Runnable::run, Path.of("unused"));
    private final ConsoleSession session =
            new ConsoleSession(services, FakeShop.PRODUCTION, Runnable::run);
    private final OverviewViewModel model = new OverviewViewModel(session, services);

    private OverviewSnapshot picture() {
        return Objects.requireNonNull(model.dataProperty().get());
    }

    @Test
    void the_verdict_names_the_worst_measure_and_what_waits() {
        model.activate();
        assertThat(model.stateProperty().get()).isEqualTo(ScreenState.READY);
        assertThat(picture().verdict().role()).isEqualTo(Role.WARNING);
        assertThat(picture().verdict().sentence())
                .matches(
                        "shop.inventory has 14.2 % dead rows, warning since ..:..\\. 3 plans wait"
                                + " for you\\.");
    }

    @Test
    void a_calm_server_is_said_to_be_well() {
        shop.metric(MetricName.MAX_DEAD_TUPLE_RATIO, 0.02, "shop.inventory");
        shop.alerts.clear();
        shop.desk.plans.clear();
        model.activate();
        assertThat(picture().verdict())
                .isEqualTo(new Verdict(Role.OK, "All is well: 7 measures within limits."));
    }

    @Test
    void a_value_that_cannot_be_had_is_a_dash_with_its_reason() {
        model.activate();
        var lag = picture().gauges().getLast();
        assertThat(lag.text()).isEqualTo("–");
        assertThat(lag.available()).isFalse();
        assertThat(lag.detail()).isEqualTo("no replica");
    }

    @Test
    void what_repeats_is_one_line_with_how_often() {
        var done =
                shop.desk.plans.values().stream()
                        .filter(p -> p.state() == FiledPlan.State.DONE)
                        .filter(p -> p.plan().verb().equals("Vacuum"))
                        .findFirst()
                        .orElseThrow();
        for (int i = 0; i < 7; i++) {
            shop.desk.put(
                    new FiledPlan(
                            new UUID(7, i),
                            done.plan(),
                            done.fingerprint(),
                            done.risk(),
                            done.state(),
                            done.filedAt(),
                            done.decidedBy(),
                            done.decidedAt(),
                            done.reason(),
                            done.verification(),
                            FakeShop.NOW.minusSeconds(600 - i)));
        }
        model.activate();
        var vacuums =
                picture().lists().today().agents().stream()
                        .filter(e -> e.plan() != null)
                        .filter(e -> e.plan().plan().verb().equals("Vacuum"))
                        .toList();
        assertThat(vacuums)
                .singleElement()
                .satisfies(e -> assertThat(e.times()).isEqualTo(8))
                .satisfies(e -> assertThat(e.at()).isEqualTo(FakeShop.NOW.minusSeconds(594)));
    }

    @Test
    void how_long_alerts_lasted_is_measured_not_estimated() {
        model.activate();
        assertThat(AlertDurations.solved(picture().lists().history()))
                .as("none has ended")
                .isEmpty();
        for (int minutes : new int[] {1, 2, 50}) {
            var a = shop.alerts.getFirst();
            shop.alerts.add(
                    new Alerts.Alert(
                            "ended" + minutes,
                            a.target(),
                            a.metric(),
                            a.severity(),
                            a.value(),
                            a.threshold(),
                            a.subject(),
                            a.message(),
                            a.openedAt(),
                            a.updatedAt(),
                            a.openedAt().plusSeconds(60L * minutes),
                            null,
                            minutes == 50 ? "plan" : null,
                            minutes == 2 ? null : a.openedAt().minusSeconds(minutes),
                            null,
                            0));
        }
        model.refresh();
        assertThat(AlertDurations.solved(picture().lists().history()))
                .contains(new AlertDurations.Solved(Duration.ofMinutes(2), 3, 1));
        assertThat(AlertDurations.found(picture().lists().history()))
                .as("of 1, 8 and 50 s; one does not know")
                .contains(Duration.ofSeconds(8));
    }

    @Test
    void a_round_of_measuring_reads_no_list_again() {
        model.activate();
        int reads = shop.findingReads.get();
        for (int i = 0; i < 20; i++) {
            shop.bus.publish(
                    new OpsEvent.HealthMeasured(FakeShop.PRODUCTION, shop.clock.instant()));
        }
        assertThat(shop.findingReads.get()).isEqualTo(reads);
        shop.bus.publish(
                new OpsEvent.AlertRecovered(
                        FakeShop.PRODUCTION,
                        shop.clock.instant(),
                        "a1",
                        MetricName.MAX_DEAD_TUPLE_RATIO));
        assertThat(shop.findingReads.get()).isEqualTo(reads + 1);
    }

    @Test
    void a_mute_is_about_one_object_is_seen_and_can_be_taken_back() {
        model.activate();
        var rows = new AlertRows(session, model);
        var alert = picture().alerts().getFirst();
        var until = FakeShop.NOW.plus(Duration.ofDays(7));
        model.mute(alert, until, "backfill of web.events");
        var mute = picture().lists().mutes().getFirst();
        assertThat(mute.until()).isEqualTo(until);
        assertThat(mute.subject()).isEqualTo(alert.subject());
        assertThat(AlertRows.count(picture())).isEqualTo("1 muted");
        assertThat(picture().verdict().sentence())
                .startsWith("shop.inventory has 14.2 % dead rows. It is muted until ");
        assertThat(rows.of(picture()))
                .singleElement()
                .satisfies(
                        r ->
                                assertThat(r.sub())
                                        .matches(
                                                "mira \\(you\\), until .*: backfill of web\\.events"))
                .satisfies(r -> assertThat(r.trailing()).isEqualTo("now 14.2 %"))
                .satisfies(r -> assertThat(r.hint()).contains("automatic repair goes on"));
        model.unmute(mute);
        assertThat(picture().lists().mutes()).isEmpty();
        assertThat(picture().verdict().role()).isEqualTo(Role.WARNING);
    }

    @Test
    void an_alert_says_who_was_told_and_who_could_not_be() {
        var alert = shop.alerts.getFirst();
        for (var channel : List.of("dba", "oncall", "mail")) {
            shop.outbox.add(
                    Outbox.Entry.of(
                            alert,
                            channel,
                            Outbox.Act.TRIGGER,
                            alert.severity(),
                            FakeShop.NOW,
                            FakeShop.NOW));
        }
        var entries = shop.outbox.all();
        shop.outbox.end(entries.get(0).id(), Outbox.State.SENT, FakeShop.NOW, null, null);
        shop.outbox.end(entries.get(1).id(), Outbox.State.FAILED, FakeShop.NOW, "HTTP 403", null);
        shop.outbox.postpone(entries.get(2).id(), FakeShop.NOW.plusSeconds(60), "HTTP 500");
        model.activate();
        assertThat(new AlertRows(session, model).of(picture()).getFirst().sub())
                .matches(
                        ".* · oncall not told: HTTP 403 · mail not told yet: HTTP 500; next try"
                                + " \\d\\d:\\d\\d · sent to dba \\d\\d:\\d\\d");
    }

    @Test
    void an_alert_keeps_its_value_and_says_the_value_now() {
        shop.metric(MetricName.MAX_DEAD_TUPLE_RATIO, 0.09, "shop.inventory");
        model.activate();
        var row = new AlertRows(session, model).of(picture()).getFirst();
        assertThat(row.title()).isEqualTo("14.2 % dead rows in shop.inventory");
        assertThat(row.note()).isEqualTo("now 9 %");
    }

    @Test
    void a_server_that_does_not_answer_is_critical_whatever_its_last_figures_were() {
        shop.outage = new HealthBoard.Outage(FakeShop.NOW.minusSeconds(60), "it does not answer");
        model.activate();
        assertThat(picture().verdict().role()).isEqualTo(Role.CRITICAL);
        assertThat(picture().verdict().sentence())
                .startsWith("production does not answer since ")
                .contains("(last: 1 warning)")
                .endsWith(": it does not answer");
    }

    @Test
    void who_was_never_reached_is_told_why_and_what_to_do() {
        shop.metrics.clear();
        shop.servers.condition =
                new TargetCondition.LoginRefused("db:5432", "nobody", "wrongpw", "password wrong");
        model.activate();
        assertThat(picture().verdict().role()).isEqualTo(Role.CRITICAL);
        assertThat(picture().verdict().sentence())
                .startsWith("Login refused for user nobody on db:5432: password wrong. Give the")
                .contains("LAKEBASEOPS_SECRET_WRONGPW");
        shop.servers.condition = new TargetCondition.TooOld("db:5432", "15.18");
        model.refresh();
        assertThat(picture().verdict().sentence())
                .startsWith("db:5432 is PostgreSQL 15.18; LakebaseOps needs 17 or newer.");
        shop.servers.condition =
                new TargetCondition.NeverReached(
                        "nosuch:5432", TargetCondition.Obstacle.UNKNOWN_HOST, "");
        model.refresh();
        assertThat(picture().verdict().sentence())
                .startsWith("Cannot connect to nosuch:5432 (never worked yet): the host name is");
    }

    @Test
    void a_slow_server_is_a_warning_and_a_restarted_one_is_said() {
        shop.metric(MetricName.MAX_DEAD_TUPLE_RATIO, 0.02, "shop.inventory");
        shop.alerts.clear();
        shop.servers.condition = new TargetCondition.Slow("db:5432", Duration.ofSeconds(7));
        model.activate();
        assertThat(picture().verdict().role()).isEqualTo(Role.WARNING);
        assertThat(picture().verdict().sentence())
                .startsWith("db:5432 is slow: no answer within 7 s. Look at its running");
        shop.servers.condition = new TargetCondition.Restarted("db:5432", FakeShop.NOW);
        model.refresh();
        assertThat(picture().verdict().sentence()).startsWith("db:5432 was restarted at ");
    }

    @Test
    void what_warms_up_is_no_verdict() {
        shop.alerts.clear();
        shop.desk.plans.clear();
        shop.metric(MetricName.MAX_DEAD_TUPLE_RATIO, 0.02, "shop.inventory");
        shop.unsure(MetricName.CACHE_HIT_RATIO, 0.6, "counted for 40 s only", WARMING_UP);
        model.activate();
        assertThat(picture().verdict().role()).isEqualTo(Role.MUTED);
        assertThat(picture().verdict().sentence())
                .isEqualTo(
                        "Measuring: 6 measures within limits so far; too early to judge Cache"
                                + " hit.");
        assertThat(picture().gauges().getFirst().verdict()).isEqualTo("not judged yet");
        shop.unsure(MetricName.CACHE_HIT_RATIO, 0.6, "of 80 blocks in 60 s", LITTLE_TRAFFIC);
        model.refresh();
        assertThat(picture().verdict())
                .as("too little traffic is no trouble")
                .isEqualTo(new Verdict(Role.OK, "All is well: 6 measures within limits."));
    }

    @Test
    void figures_older_than_live_are_judged_with_their_time() {
        shop.measuredAt = FakeShop.NOW.minusSeconds(300);
        model.activate();
        assertThat(picture().verdict().sentence()).startsWith("As of ");
    }

    @Test
    void a_ratio_must_stay_beyond_its_limit_before_it_is_called_anything() {
        shop.metric(MetricName.CACHE_HIT_RATIO, 0.90, "of 9,000 blocks in 60 s");
        model.activate();
        var gauge = picture().gauges().getFirst();
        assertThat(gauge.role()).isEqualTo(Role.OK);
        assertThat(gauge.verdict()).isEqualTo("beyond 95 % for less than 2 min");
    }

    @Test
    void evidence_is_the_rows_behind_the_figure_and_as_live_as_its_tile() {
        shop.servers.answer(
                "monitoring/worst_dead_rows",
                new Object[] {"table_name", "inventory", "dead_ratio", 0.142});
        model.activate();
        model.lookAt(MetricName.MAX_DEAD_TUPLE_RATIO);
        var shown = (EvidenceContent.Figure) Objects.requireNonNull(model.evidenceProperty().get());
        assertThat(shown.found()).isInstanceOf(EvidenceReader.Found.Read.class);
        assertThat(((EvidenceReader.Found.Read) shown.found()).rows().list().getFirst())
                .containsEntry("dead_ratio", 0.142);
        shop.servers.answer(
                "monitoring/worst_dead_rows",
                new Object[] {"table_name", "inventory", "dead_ratio", 0.30});
        shop.clock.forward(Duration.ofSeconds(5));
        shop.bus.publish(new OpsEvent.HealthMeasured(FakeShop.PRODUCTION, shop.clock.instant()));
        var later = (EvidenceContent.Figure) Objects.requireNonNull(model.evidenceProperty().get());
        assertThat(((EvidenceReader.Found.Read) later.found()).rows().list().getFirst())
                .containsEntry("dead_ratio", 0.30);
        assertThat(later.found().at()).isEqualTo(shown.found().at().plusSeconds(5));
        shop.servers.unreachable =
                new OpsException(OpsException.Kind.UNREACHABLE, "Reading", "it is gone", "");
        model.refresh();
        var lost = (EvidenceContent.Figure) Objects.requireNonNull(model.evidenceProperty().get());
        assertThat(lost.found())
                .isEqualTo(new EvidenceReader.Found.Failed("it is gone", shop.clock.instant()));
    }

    @Test
    void a_lost_connection_keeps_the_old_data_and_says_stale() {
        model.activate();
        shop.bus.publish(
                new OpsEvent.ReachabilityChanged(
                        FakeShop.PRODUCTION, shop.clock.instant(), false, "reset"));
        assertThat(model.stateProperty().get()).isEqualTo(ScreenState.STALE);
        assertThat(picture().gauges().getFirst().text()).isEqualTo("99.6");
        shop.bus.publish(new OpsEvent.HealthMeasured(FakeShop.PRODUCTION, shop.clock.instant()));
        assertThat(model.stateProperty().get()).isEqualTo(ScreenState.READY);
    }

    @Test
    void a_failed_read_says_what_failed_and_recovers_on_the_next() {
        shop.broken =
                new OpsException(
                        OpsException.Kind.UNREACHABLE, "Reading findings", "refused", "start it");
        model.activate();
        assertThat(model.stateProperty().get()).isEqualTo(ScreenState.FAILED);
        assertThat(model.troubleProperty().get()).contains("refused").contains("start it");
        shop.broken = null;
        model.refresh();
        assertThat(model.stateProperty().get()).isEqualTo(ScreenState.READY);
    }

    @Test
    void nothing_measured_and_nothing_known_is_empty() {
        var bare = new FakeShop();
        var own = bare.services(Runnable::run, Path.of("unused"));
        var empty =
                new OverviewViewModel(
                        new ConsoleSession(own, FakeShop.PRODUCTION, Runnable::run), own);
        empty.activate();
        assertThat(empty.stateProperty().get()).isEqualTo(ScreenState.EMPTY);
    }

    @Test
    void leaving_the_screen_ends_its_subscription() {
        int before = shop.bus.subscribers();
        model.activate();
        model.activate();
        assertThat(shop.bus.subscribers()).isEqualTo(before + 1);
        model.deactivate();
        assertThat(shop.bus.subscribers()).isEqualTo(before);
    }

    @Test
    void acknowledging_names_the_person_and_shows_it() {
        model.activate();
        model.acknowledge(picture().alerts().getFirst());
        assertThat(shop.said).containsExactly("acknowledge a1 by mira");
        assertThat(picture().alerts().getFirst().acknowledgedBy()).isEqualTo("mira");
    }

    @Test
    void another_branch_shows_its_own_data_not_the_last_ones() {
        model.activate();
        session.lookAt(FakeShop.STAGING);
        assertThat(picture().measuredAt()).isNull();
        assertThat(picture().lists().waits()).isZero();
    }

    @Test
    void waiting_plans_are_read_bounded_alike_ones_are_one_line_and_other_servers_go_by_name() {
        var drop = shop.plan(SamplePlans.DROP);
        for (int i = 0; i < 500; i++) {
            shop.desk.put(
                    new FiledPlan(
                            new UUID(9, i),
                            drop.plan(),
                            drop.fingerprint(),
                            drop.risk(),
                            FiledPlan.State.WAITING,
                            drop.filedAt(),
                            null,
                            null,
                            null,
                            null,
                            null));
        }
        model.activate();
        var lists = picture().lists();
        assertThat(lists.waits()).isEqualTo(503);
        assertThat(lists.waiting()).hasSizeLessThanOrEqualTo(20);
        assertThat(new OverviewRows(session, model).waiting(lists))
                .hasSize(3)
                .anySatisfy(r -> assertThat(r.times()).isEqualTo(501));
        assertThat(OverviewRows.waitingCount(lists)).isEqualTo("503 here");
        session.lookAt(FakeShop.STAGING);
        var other = picture().lists();
        assertThat(OverviewRows.waitingCount(other)).isEqualTo("503 elsewhere");
        assertThat(new OverviewRows(session, model).waiting(other))
                .isNotEmpty()
                .allSatisfy(
                        r -> assertThat(r.title()).startsWith("storefront-prod / production: "));
    }

    @Test
    void an_ignored_finding_is_listed_with_reason_and_date_and_can_be_shown_again() {
        shop.desk.held.add(
                new HeldBack(
                        "shop.events is bloated",
                        FakeShop.PRODUCTION.key(),
                        null,
                        "f9",
                        "maria",
                        FakeShop.NOW.minusSeconds(60),
                        "archived next week",
                        FakeShop.NOW.plus(Duration.ofDays(7))));
        model.activate();
        var row = new OverviewRows(session, model).findings(picture().lists()).getLast();
        assertThat(row.title()).isEqualTo("shop.events is bloated");
        assertThat(row.sub()).matches("maria, until .*: archived next week");
        assertThat(OverviewRows.findingCount(picture().lists())).endsWith("1 ignored");
        row.acts().getFirst().run().run();
        model.refresh();
        assertThat(picture().lists().ignored()).isEmpty();
    }

    @Test
    void what_people_decided_stands_apart_from_what_agents_did_and_vacuums_are_ticks() {
        shop.desk.become(shop.plan(SamplePlans.DROP), FiledPlan.State.DONE, "anna", null, null);
        model.show(OverviewViewModel.Range.HOURS_6);
        model.activate();
        var today = picture().lists().today();
        assertThat(today.people())
                .singleElement()
                .satisfies(e -> assertThat(e.plan().decidedBy()).isEqualTo("anna"));
        assertThat(today.agents())
                .allMatch(e -> e.plan() == null || !"anna".equals(e.plan().decidedBy()));
        var chart = picture().charts().getFirst().picture();
        assertThat(chart.flags())
                .extracting(f -> f.text())
                .contains("Drop index orders_status_idx on shop.orders");
        assertThat(chart.ticks()).hasSize(1);
    }

    @Test
    void what_was_generated_is_told_from_what_was_measured() {
        model.activate();
        assertThat(picture().charts()).allMatch(c -> c.picture().generated() == null);
        assertThat(picture().gauges().get(2).strip()).noneMatch(s -> s.tip().contains("generated"));
        var until = FakeShop.NOW.minus(Duration.ofMinutes(5));
        shop.generated = new GeneratedHistory(until.minus(Duration.ofDays(89)), until);
        model.refresh();
        assertThat(picture().charts())
                .allMatch(c -> shop.generated.equals(c.picture().generated()));
        var strip = picture().gauges().get(2).strip();
        assertThat(strip.getFirst().tip()).endsWith("generated");
        assertThat(strip.getLast().tip()).doesNotContain("generated");
        assertThat(shop.generated.words(FakeShop.NOW, ZoneOffset.UTC))
                .isEqualTo("generated until 13:57");
    }

    @Test
    void a_gauge_carries_its_state_over_the_range_and_where_nobody_watched() {
        model.activate();
        var strip = picture().gauges().get(2).strip();
        assertThat(strip.stream().mapToDouble(s -> s.weight()).sum()).isEqualTo(36);
        assertThat(strip).extracting(s -> s.role()).contains(Role.WARNING);
        model.show(OverviewViewModel.Range.HOUR);
        assertThat(picture().gauges().get(2).strip())
                .anySatisfy(
                        s -> {
                            assertThat(s.role()).isEqualTo(Role.UNAVAILABLE);
                            assertThat(s.tip()).endsWith("not watched");
                        });
    }

    @Test
    void the_cause_of_a_figure_is_asked_for_by_its_metric_and_its_failure_is_said() {
        model.activate();
        shop.tools.answers.put("diagnose_root_cause", _ -> SampleCause.heldBack());
        var gauge =
                new Gauge(model.metrics().watched(MetricName.MAX_DEAD_TUPLE_RATIO).orElseThrow());
        model.findCause(gauge, true);
        assertThat(shop.tools.asked.getLast())
                .startsWith("diagnose_root_cause {\"symptom\":\"max_dead_tuple_ratio\"}");
        var cause = (EvidenceContent.Cause) Objects.requireNonNull(model.evidenceProperty().get());
        assertThat(Objects.requireNonNull(cause.answer()).causes()).hasSize(2);

        shop.tools.answers.remove("diagnose_root_cause");
        model.findCause(gauge, false);
        assertThat(shop.tools.asked.getLast()).contains("{\"symptom\":\"\"}");
        var none = (EvidenceContent.Cause) Objects.requireNonNull(model.evidenceProperty().get());
        assertThat(none.answer()).isNull();
        assertThat(none.gaps()).containsExactly("no answer");
    }

    @Test
    void evidence_of_one_server_closes_when_another_is_looked_at() {
        model.activate();
        model.lookAt(new EvidenceContent.Finding(shop.findings.getFirst()));
        session.lookAt(FakeShop.STAGING);
        assertThat(model.evidenceProperty().get()).isNull();
    }
}
