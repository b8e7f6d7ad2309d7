package io.lakebaseops.console.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.FakeShop;
import io.lakebaseops.console.SampleFleet;
import io.lakebaseops.console.ScreenState;
import io.lakebaseops.domain.Metric;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Observed;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.state.FleetViews.View;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

final class FleetViewModelTest {
    private final FakeShop shop = FakeShop.busyDay();
    private ConsoleServices services = shop.services(Runnable::run, Path.of("unused"));
    private ConsoleSession session =
            new ConsoleSession(services, FakeShop.PRODUCTION, Runnable::run);
    private FleetViewModel model = new FleetViewModel(session, services);

    private FleetSnapshot picture() {
        return Objects.requireNonNull(model.dataProperty().get());
    }

    private List<String> names(int columns) {
        return model.rows(columns).stream()
                .filter(FleetRow.Cards.class::isInstance)
                .flatMap(r -> ((FleetRow.Cards) r).cards().stream())
                .map(ServerCard::name)
                .toList();
    }

    private ServerCard card(String name) {
        return picture().cards().stream()
                .filter(c -> c.fullName().contains(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void live_asleep_and_not_watched_add_up_and_the_verdict_names_the_first() {
        SampleFleet.drawn(shop);
        model.activate();
        assertThat(picture().cards()).hasSize(40);
        assertThat(picture().live()).isEqualTo(22);
        assertThat(picture().count(FleetState.ASLEEP)).isEqualTo(15);
        assertThat(picture().count(FleetState.NOT_WATCHED)).isEqualTo(3);
        assertThat(picture().verdict().sentence())
                .startsWith("2 of 40 are critical, 3 cannot be watched. First: ")
                .contains("cloud · payments-prod / production: login refused for lakebaseops");
    }

    @Test
    void a_tile_shows_the_worst_value_and_filters_by_its_measure() {
        SampleFleet.drawn(shop);
        model.activate();
        var tile = picture().tiles().get(2);
        assertThat(tile.value() + " " + tile.where() + " " + tile.words())
                .isEqualTo("93.1 % production 1 critical");
        assertThat(picture().tiles().get(4).where()).as("the same everywhere").isEqualTo("all");
        model.measure(MetricName.SLOWEST_QUERY_SECONDS);
        assertThat(names(5)).containsExactly("perf-idx-7f3a", "production");
        model.measure(MetricName.SLOWEST_QUERY_SECONDS);
        assertThat(names(5)).hasSize(25);
    }

    @Test
    void cards_stand_worst_first_and_those_asleep_in_the_header() {
        SampleFleet.drawn(shop);
        model.activate();
        var rows = model.rows(5);
        var header = (FleetRow.Header) rows.get(2);
        assertThat(header.group()).as("a critical one in it").isEqualTo("storefront-prod");
        assertThat(names(5).subList(0, 3))
                .containsExactly("pg-warehouse-1b", "pg-billing-2", "pg-legacy");
        assertThat(
                        rows.stream()
                                .filter(
                                        r ->
                                                r instanceof FleetRow.Header h
                                                        && h.asleep().size() == 3))
                .hasSize(2);
        var last = (FleetRow.Header) rows.getLast();
        assertThat(last.group()).isEqualTo("cloud · loyalty-dev");
        assertThat(last.counts().getFirst().words()).isEqualTo("all asleep");
    }

    @Test
    void a_card_moves_only_when_its_state_has_held_for_a_minute() {
        SampleFleet.plain(shop, 6, 0, 0);
        model.activate();
        assertThat(names(3).getFirst()).isEqualTo("pg-01");
        shop.outages.put(
                card("pg-06").target(),
                new io.lakebaseops.agents.health.monitoring.HealthBoard.Outage(
                        FakeShop.NOW, "gone"));
        later(2);
        assertThat(card("pg-06").state()).isEqualTo(FleetState.NOT_WATCHED);
        assertThat(names(3).getFirst()).as("it says so at its place").isEqualTo("pg-01");
        later(30);
        assertThat(names(3).getFirst()).isEqualTo("pg-01");
        later(31);
        assertThat(names(3).getFirst()).as("held for a minute").isEqualTo("pg-06");
        shop.outages.clear();
        later(2);
        assertThat(names(3).getFirst()).as("back only as slowly").isEqualTo("pg-06");
        model.group(Grouping.NONE);
        assertThat(names(3).getFirst()).as("another order was asked for").isEqualTo("pg-01");
    }

    /// With figures as fresh as before.
    private void later(int seconds) {
        shop.clock.forward(Duration.ofSeconds(seconds));
        shop.measuredAts.replaceAll((_, at) -> at.plusSeconds(seconds));
        shop.measuredAt = shop.measuredAt.plusSeconds(seconds);
        model.refresh();
    }

    @Test
    void sixty_servers_cost_as_many_questions_as_six() {
        assertThat(questions(60))
                .isEqualTo(questions(6))
                .isEqualTo("1 list, 2 of history, 1 of alerts");
    }

    private String questions(int servers) {
        var many = FakeShop.busyDay();
        SampleFleet.plain(many, servers, servers / 6, 2);
        services = many.services(Runnable::run, Path.of("unused"));
        session = new ConsoleSession(services, FakeShop.PRODUCTION, Runnable::run);
        model = new FleetViewModel(session, services);
        int before = many.listings.get();
        model.activate();
        for (int i = 0; i < 20; i++) {
            for (var card : picture().cards()) {
                many.bus.publish(new OpsEvent.HealthMeasured(card.target(), FakeShop.NOW));
            }
            model.tick();
        }
        assertThat(picture().cards()).hasSize(servers);
        return "%d list, %d of history, %d of alerts"
                .formatted(
                        many.listings.get() - before,
                        many.history.asked.stream().filter(q -> q.contains("fleet")).count(),
                        many.alertReads.get());
    }

    @Test
    void two_hundred_branches_fold_what_is_well_and_are_read_in_no_time() {
        SampleFleet.branches(shop, 200);
        model.activate();
        var rows = model.rows(5);
        assertThat(rows).hasSizeLessThan(40);
        assertThat(rows)
                .filteredOn(FleetRow.Folded.class::isInstance)
                .extracting(r -> ((FleetRow.Folded) r).words())
                .anyMatch(w -> w.equals("ci: 31 of 32 are ok"));
        var folded =
                (FleetRow.Folded)
                        rows.stream()
                                .filter(FleetRow.Folded.class::isInstance)
                                .findFirst()
                                .orElseThrow();
        model.toggle(folded.key());
        assertThat(model.rows(5).size()).isGreaterThan(rows.size());
    }

    @Test
    void a_sleeping_compute_is_asleep_also_when_its_last_connection_was_lost() {
        SampleFleet.drawn(shop);
        var staging = FakeShop.STAGING;
        shop.outages.put(
                staging,
                new io.lakebaseops.agents.health.monitoring.HealthBoard.Outage(
                        FakeShop.NOW, "the server closed the connection"));
        model.activate();
        assertThat(card("storefront-prod / staging").state()).isEqualTo(FleetState.ASLEEP);
        assertThat(shop.branches.asked).as("the control plane is not asked").isEmpty();
    }

    @Test
    void what_is_muted_makes_no_card_bad() {
        SampleFleet.drawn(shop);
        model.activate();
        model.select(card("storefront-prod / production").key());
        var detail = Objects.requireNonNull(model.detailProperty().get());
        assertThat(detail.alerts()).hasSize(2);
        model.mute(detail.alerts(), FakeShop.NOW.plusSeconds(3600), "known");
        assertThat(shop.said).anyMatch(s -> s.startsWith("mute max_dead_tuple_ratio"));
        shop.mutes.clear();
        for (var metric :
                List.of(MetricName.MAX_DEAD_TUPLE_RATIO, MetricName.SLOWEST_QUERY_SECONDS)) {
            shop.mutes.add(
                    new io.lakebaseops.state.Alerts.Mute(
                            metric,
                            services.health().board().subject(FakeShop.PRODUCTION, metric),
                            "mira",
                            FakeShop.NOW,
                            FakeShop.NOW.plusSeconds(3600),
                            "known"));
        }
        model.tryAgain();
        var muted = card("storefront-prod / production");
        assertThat(muted.state()).isEqualTo(FleetState.OK);
        assertThat(muted.light(MetricName.MAX_DEAD_TUPLE_RATIO).orElseThrow().mark())
                .as("the light stays")
                .isEqualTo(Light.Mark.CRITICAL);
    }

    @Test
    void a_value_that_may_not_be_judged_is_neither_well_nor_bad() {
        SampleFleet.plain(shop, 3, 0, 0);
        var metrics = Objects.requireNonNull(shop.metrics.values().iterator().next());
        metrics.put(
                MetricName.CACHE_HIT_RATIO,
                new Metric(
                        MetricName.CACHE_HIT_RATIO,
                        Observed.live(0.5, FakeShop.NOW),
                        "little traffic",
                        Metric.Condition.LITTLE_TRAFFIC));
        model.activate();
        var light = card("pg-01").light(MetricName.CACHE_HIT_RATIO).orElseThrow();
        assertThat(light.mark()).isEqualTo(Light.Mark.UNJUDGED);
        assertThat(card("pg-01").state()).isEqualTo(FleetState.OK);
        assertThat(picture().tiles().getFirst().where())
                .as("the worst of those judged")
                .isNotEqualTo("pg-01");
        shop.metrics.keySet().removeIf(t -> !t.profile().equals("pg-01"));
        model.refresh();
        assertThat(picture().tiles().getFirst().words()).isEqualTo("not judged");
    }

    @Test
    void when_measuring_itself_stops_the_whole_fleet_is_stale() {
        SampleFleet.plain(shop, 5, 0, 0);
        model.activate();
        assertThat(model.stateProperty().get()).isEqualTo(ScreenState.READY);
        shop.clock.forward(Duration.ofMinutes(3));
        model.refresh();
        assertThat(model.stateProperty().get()).isEqualTo(ScreenState.STALE);
        assertThat(model.staleWords()).startsWith("Nothing was measured since ");
        assertThat(picture().cards()).allMatch(ServerCard::old);
    }

    @Test
    void the_fleet_neither_goes_nor_ages_with_the_server_looked_at() {
        SampleFleet.plain(shop, 5, 1, 0);
        model.activate();
        session.lookAt(FakeShop.STAGING);
        assertThat(model.dataProperty().get()).isNotNull();
        assertThat(model.stateProperty().get()).isEqualTo(ScreenState.READY);
    }

    @Test
    void one_server_is_no_fleet() {
        shop.servers.known = List.of(FakeShop.PRODUCTION);
        model.activate();
        assertThat(model.stateProperty().get()).isEqualTo(ScreenState.EMPTY);
    }

    @Test
    void a_filter_is_kept_under_a_name_and_used_again() {
        SampleFleet.drawn(shop);
        model.activate();
        model.filter("env:ci");
        model.group(Grouping.ENVIRONMENT);
        model.keep("my branches ");
        assertThat(model.viewsProperty().get())
                .containsExactly(new View("my branches", "env:ci", "ENVIRONMENT"));
        model.filter("");
        model.group(Grouping.PROJECT);
        model.use(model.viewsProperty().get().getFirst());
        assertThat(model.filterText()).isEqualTo("env:ci");
        assertThat(model.grouping()).isEqualTo(Grouping.ENVIRONMENT);
        model.filter("env:");
        assertThat(model.refused()).contains("needs a value");
        assertThat(model.filterText()).as("the last good one stays").isEqualTo("env:ci");
        model.forget(model.viewsProperty().get().getFirst());
        assertThat(model.viewsProperty().get()).isEmpty();
    }

    @Test
    void a_card_opens_the_overview_of_its_server_and_a_light_its_evidence() {
        SampleFleet.drawn(shop);
        model.activate();
        var crm = card("pg-crm");
        model.open(crm);
        assertThat(session.target()).isEqualTo(crm.target());
        assertThat(session.destinationProperty().get()).isEqualTo(Destination.overview());
        model.evidence(crm, MetricName.TXID_AGE);
        assertThat(session.destinationProperty().get()).isEqualTo(Destination.metric("txid_age"));
    }
}
