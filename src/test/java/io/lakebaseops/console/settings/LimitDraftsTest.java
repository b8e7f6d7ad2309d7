package io.lakebaseops.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.health.monitoring.MetricDefinition.Watched;
import io.lakebaseops.agents.health.monitoring.MetricDefinitions;
import io.lakebaseops.change.audit.SettingChanges.Change;
import io.lakebaseops.console.settings.LimitFields.Field;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.state.AlertLimits;
import io.lakebaseops.state.AlertLimits.Changed;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

/// Changes of limits collect, for all servers and for one branch, until they are saved.
final class LimitDraftsTest {
    private static final String HERE = "p/shop/production";
    private static final List<Watched> ALL = MetricDefinitions.standard().watched();
    private final Watched dead =
            MetricDefinitions.standard().watched(MetricName.MAX_DEAD_TUPLE_RATIO).orElseThrow();
    private final LimitDrafts drafts = new LimitDrafts();

    private static Changed saved(String target, double warning) {
        return new Changed(
                MetricName.MAX_DEAD_TUPLE_RATIO,
                target,
                warning,
                0.5,
                0,
                0.02,
                "anna",
                Instant.EPOCH);
    }

    @Test
    void typing_a_limit_is_a_change_and_typing_it_back_is_none() {
        drafts.type(dead, HERE, Field.WARNING, "15 %");
        assertThat(drafts.count()).isEqualTo(1);
        drafts.type(dead, HERE, Field.WARNING, "10");
        assertThat(drafts.count()).as("ten percent it was").isZero();
    }

    @Test
    void what_is_wrong_stays_as_typed_and_cannot_be_saved() {
        drafts.type(dead, HERE, Field.CRITICAL, "8 %");
        assertThat(drafts.wrong(ALL, null)).isTrue();
        assertThat(drafts.fields(dead, HERE).critical()).isEqualTo("8 %");
        drafts.type(dead, HERE, Field.WARNING, "5 %");
        assertThat(drafts.wrong(ALL, null)).as("now critical is beyond warning").isFalse();
    }

    @Test
    void a_branch_shows_the_value_of_all_servers_until_it_has_its_own() {
        drafts.saved(List.of(saved(AlertLimits.ALL_SERVERS, 0.2)));
        assertThat(drafts.fields(dead, HERE).warning()).isEqualTo("20 %");
        assertThat(drafts.own(MetricName.MAX_DEAD_TUPLE_RATIO, HERE)).isFalse();
        drafts.saved(List.of(saved(AlertLimits.ALL_SERVERS, 0.2), saved(HERE, 0.3)));
        assertThat(drafts.fields(dead, HERE).warning()).isEqualTo("30 %");
        drafts.takeBack(dead, HERE);
        assertThat(drafts.fields(dead, HERE).warning()).as("what will hold").isEqualTo("20 %");
        var change = drafts.changes(ALL, _ -> "production").getFirst();
        assertThat(change.limits()).as("taken back").isNull();
        assertThat(change.words())
                .contains(new Change("Dead rows, production: warning", "30 %", "20 %"));
    }

    @Test
    void every_number_that_changes_is_told_with_what_it_was() {
        drafts.type(dead, HERE, Field.WARNING, "15 %");
        drafts.type(dead, HERE, Field.OPENS, "5 min");
        assertThat(drafts.changes(ALL, _ -> "production").getFirst().words())
                .containsExactly(
                        new Change("Dead rows, production: warning", "10 %", "15 %"),
                        new Change("Dead rows, production: opens after", "0 s", "5 min"));
        drafts.discard();
        assertThat(drafts.count()).isZero();
    }
}
