package io.lakebaseops.console.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.FakeShop;
import io.lakebaseops.console.SampleFleet;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

final class FleetFilterTest {
    private List<ServerCard> cards;

    @BeforeEach
    void fleet() {
        var shop = FakeShop.busyDay();
        SampleFleet.drawn(shop);
        var services = shop.services(Runnable::run, Path.of("unused"));
        var model =
                new FleetViewModel(
                        new ConsoleSession(services, FakeShop.PRODUCTION, Runnable::run), services);
        model.activate();
        cards = Objects.requireNonNull(model.dataProperty().get()).cards();
    }

    private List<String> found(String typed) {
        var parsed = (FleetFilter.Parsed.Filter) FleetFilter.parse(typed);
        return cards.stream().filter(parsed.filter()::fits).map(ServerCard::name).toList();
    }

    private static String why(String typed) {
        return ((FleetFilter.Parsed.Refused) FleetFilter.parse(typed)).why();
    }

    @Test
    void states_environments_projects_and_measures_narrow_the_fleet() {
        assertThat(found("")).hasSize(40);
        assertThat(found("state:critical")).containsExactly("pg-warehouse-1b", "production");
        assertThat(found("state:bad")).hasSize(5);
        assertThat(found("state:not-watched project:own")).hasSize(2);
        assertThat(found("env:ci project:storefront-prod"))
                .containsExactly("ci-pr-214", "ci-pr-219", "ci-pr-221");
        assertThat(found("lag>10s")).containsExactly("pg-warehouse-1b");
        assertThat(found("cache<99% env:ci")).containsExactly("ci-pr-214");
        assertThat(found("xid>500M")).containsExactly("production");
        assertThat(found("slow>0.1min")).containsExactlyInAnyOrder("perf-idx-7f3a", "production");
    }

    @Test
    void a_comma_means_either_a_minus_not_and_a_star_anything() {
        assertThat(found("state:warning,critical")).hasSize(6);
        assertThat(found("name:ci-*,dev-anna project:storefront-prod")).hasSize(4);
        assertThat(found("-state:asleep")).hasSize(25);
        assertThat(found("warehouse -lag>10s")).containsExactly("pg-warehouse-1");
    }

    @Test
    void a_plain_word_is_part_of_a_name_and_pattern_characters_mean_nothing() {
        assertThat(found("PAYMENTS")).hasSize(8);
        assertThat(found("pg.crm")).isEmpty();
        assertThat(found("name:.*")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "stat:critical, is not known; use state:",
        "state:red, There is no state",
        "state:, needs a value, such as state:critical",
        "lagg>10s, There is no measure",
        "lag>10, needs a value such as lag>10s",
        "lag>fast, needs a value such as lag>10s",
        "dead>10s, needs a value such as dead>10%",
        "-lag>, needs a value such as lag>10s",
    })
    void what_is_not_understood_is_refused_with_what_would_be(String typed, String said) {
        assertThat(why(typed)).contains(said.strip().replace("''", "'"));
    }
}
