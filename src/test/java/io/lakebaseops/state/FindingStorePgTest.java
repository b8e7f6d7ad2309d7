package io.lakebaseops.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Remedy;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.testing.StateDatabases;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

class FindingStorePgTest {
    private static final TargetId TARGET = new TargetId("p", "shop", "production");
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private final StateDb db = StateDatabases.open("findings");
    private final FindingStore findings = new FindingStore(db);

    @AfterEach
    void close() {
        db.close();
    }

    private static Finding finding(String index, Severity severity) {
        return Finding.of(
                TARGET,
                "duplicate_index",
                severity,
                Subject.index("db", "s", "t", index),
                "twice",
                new Confidence(0.9, "structure"),
                null,
                null,
                List.of(),
                T0);
    }

    private Findings.Reconciled look(int hour, Finding... seen) {
        return findings.reconcile(
                TARGET, List.of(seen), List.of("duplicate_index"), T0.plusSeconds(hour * 3600L));
    }

    @Test
    void seenAgainIsUpdatedNotSeenIsClosedAndBackAgainIsOpenedAnew() {
        var a = finding("a", Severity.WARNING);
        var b = finding("b", Severity.CRITICAL);
        assertThat(look(0, a, b).opened()).containsExactly(a, b);
        var second = look(1, a);
        assertThat(second.updated()).containsExactly(a);
        assertThat(second.closed()).containsExactly(b.fingerprint());
        assertThat(findings.open(TARGET))
                .singleElement()
                .satisfies(f -> assertThat(f.timesSeen()).isEqualTo(2))
                .satisfies(f -> assertThat(f.firstSeen()).isEqualTo(T0));
        assertThat(look(2, a, b).opened()).containsExactly(b);
        assertThat(findings.open(null))
                .extracting(f -> f.finding().subject().name())
                .as("worst first")
                .containsExactly("b", "a");
        assertThat(findings.open(null).getFirst().firstSeen()).isEqualTo(T0.plusSeconds(7200));
    }

    @Test
    void kindsThatWereNotLookedForStayOpen() {
        look(0, finding("a", Severity.INFO));
        var other = findings.reconcile(TARGET, List.of(), List.of("missing_fk_index"), T0);
        assertThat(other.closed()).isEmpty();
        assertThat(findings.open(TARGET)).hasSize(1);
    }

    @Test
    void anIgnoredFindingIsQuietUntilItsDate() {
        var a = finding("a", Severity.WARNING);
        look(0, a);
        findings.ignore(a.fingerprint(), "kim", "month end", T0.plusSeconds(7200));
        var quiet = look(1, a);
        assertThat(quiet.opened()).isEmpty();
        assertThat(quiet.updated()).isEmpty();
        assertThat(findings.open(TARGET)).isEmpty();
        assertThat(look(2, a).opened()).containsExactly(a);
        assertThat(findings.open(TARGET)).hasSize(1);
    }

    @Test
    void anUnknownFindingCannotBeIgnored() {
        assertThatThrownBy(() -> findings.ignore("none", "kim", "x", null))
                .isInstanceOf(OpsException.class);
    }

    @Test
    void thousandsAreStoredInOneGo() {
        var many =
                IntStream.range(0, 5000)
                        .mapToObj(i -> finding("i" + i, Severity.INFO))
                        .toArray(Finding[]::new);
        assertThat(look(0, many).opened()).hasSize(5000);
        assertThat(look(1, many).updated()).hasSize(5000);
        assertThat(look(2).closed()).hasSize(5000);
    }

    private record Drop(String database, String key) implements Remedy {}

    @Test
    void aRemedyIsDueWhenNewChangedExpiredOrBackAgain() {
        var a = finding("a", Severity.WARNING);
        var mended = a.mendedBy(new Drop("db", "drop a, keep b"));
        assertThat(look(0, mended, finding("b", Severity.INFO)).unmended()).containsExactly(mended);
        assertThat(look(1, mended).unmended()).as("was not filed").containsExactly(mended);

        findings.remedied(Map.of(a.fingerprint(), "drop a, keep b"), T0.plusSeconds(5 * 3600L));
        assertThat(look(2, mended).unmended()).as("waits").isEmpty();
        var other = a.mendedBy(new Drop("db", "drop a, keep c"));
        assertThat(look(3, other).unmended()).as("changed").containsExactly(other);
        assertThat(look(5, mended).unmended()).as("expired").containsExactly(mended);

        findings.remedied(Map.of(a.fingerprint(), "drop a, keep b"), T0.plusSeconds(99 * 3600L));
        look(6);
        assertThat(look(7, mended).unmended()).as("back again").containsExactly(mended);
        findings.ignore(a.fingerprint(), "kim", "leave it", null);
        assertThat(look(100, mended).unmended()).as("ignored").isEmpty();
    }

    @Test
    void alikeFindingsAreCountedAndPaged() {
        var many =
                IntStream.range(0, 60)
                        .mapToObj(
                                i ->
                                        Finding.of(
                                                TARGET,
                                                i % 2 == 0 ? "duplicate_index" : "missing_fk_index",
                                                i == 6 ? Severity.CRITICAL : Severity.INFO,
                                                Subject.index("db", "s" + i % 3, "t", "i" + i),
                                                "twice",
                                                new Confidence(1, "structure"),
                                                null,
                                                null,
                                                List.of(),
                                                T0))
                        .toArray(Finding[]::new);
        look(0, many);
        var groups = findings.groups(TARGET);
        assertThat(groups).hasSize(6).allMatch(g -> g.count() == 10 && g.database().equals("db"));
        assertThat(groups.getFirst().worst()).isEqualTo(Severity.CRITICAL);
        assertThat(groups.getFirst().schema()).isEqualTo("s0");

        var page = findings.page(groups.getFirst().filter(), 0, 4);
        assertThat(page).hasSize(4);
        assertThat(page.getFirst().finding().subject().name()).as("worst first").isEqualTo("i6");
        var rest = findings.page(groups.getFirst().filter(), 4, 100);
        assertThat(rest).hasSize(6).doesNotContainAnyElementsOf(page);
        assertThat(findings.page(Findings.Filter.of(TARGET), 0, 100)).hasSize(60);
    }
}
