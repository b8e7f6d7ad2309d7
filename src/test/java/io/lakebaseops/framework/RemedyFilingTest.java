package io.lakebaseops.framework;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Remedy;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.testing.Patience;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Remedies are filed after their findings are stored, once, and none costs another.
class RemedyFilingTest {
    private static final Clock CLOCK = Clock.systemUTC();

    private final TaskExecutor room = TaskExecutor.inline(CLOCK);
    private final MemoryFindings findings = new MemoryFindings();
    private final Map<String, FiledPlan> queue = new LinkedHashMap<>();
    private final List<String> planned = new ArrayList<>();

    @AfterEach
    void close() {
        room.close();
    }

    private record Drop(String database, String key) implements Remedy {}

    private static Finding finding(String database, String index, String key) {
        return Finding.of(
                        Samples.TARGET,
                        "duplicate_index",
                        Severity.INFO,
                        Subject.index(database, "shop", "orders", index),
                        index + " repeats another one",
                        new Confidence(1, "seen"),
                        null,
                        null,
                        List.of(),
                        Samples.NOON)
                .mendedBy(new Drop(database, key));
    }

    private final class Mending implements ReadTool<SampleTool.Input, SampleTool.Output> {
        private final List<Finding> seen;

        Mending(Finding... seen) {
            this.seen = List.of(seen);
        }

        @Override
        public ToolDescriptor descriptor() {
            return SampleTool.describe("mend", Patience.LONG);
        }

        @Override
        public Outcome<SampleTool.Output> run(SampleTool.Input input, ToolContext context) {
            return new Outcome.Found<>(
                    CountingFramework.output(),
                    Source.LIVE,
                    seen,
                    List.of("duplicate_index"),
                    List.of());
        }

        @Override
        public Remedies remedies(String database, List<Finding> some, ToolContext context) {
            assertThat(findings.open(Samples.TARGET)).as("stored first").hasSize(seen.size());
            if (database.equals("broken")) {
                throw new OpsException(OpsException.Kind.DENIED, "Read", "no CONNECT", "grant it");
            }
            some.forEach(f -> planned.add(database + "." + f.subject().name()));
            return new Remedies(some.stream().map(RemedyFilingTest::plan).toList(), List.of());
        }
    }

    private static ChangePlan plan(Finding finding) {
        var sample = Samples.dropDuplicate(CLOCK.instant());
        return new ChangePlan(
                sample.target(),
                "mend",
                sample.proposedBy(),
                sample.verb(),
                "Drop " + finding.subject().name(),
                finding.subject(),
                finding.summary(),
                sample.steps(),
                sample.undo(),
                sample.effect(),
                List.of(),
                List.of(),
                List.of(),
                finding.fingerprint(),
                null,
                sample.createdAt(),
                sample.expiresAt());
    }

    private FiledPlan file(ChangePlan plan) {
        if (plan.subject().name().equals("declined")) {
            return Samples.filed(plan, FiledPlan.State.HELD_BACK, CLOCK.instant());
        }
        if (plan.subject().name().equals("refused")) {
            throw new OpsException(OpsException.Kind.CONFLICT, "File", "it is held back", "");
        }
        return queue.computeIfAbsent(
                plan.subject().name(),
                _ -> Samples.filed(plan, FiledPlan.State.WAITING, CLOCK.instant()));
    }

    private ToolReport run(Actor actor, Finding... seen) {
        var runner =
                new ToolRunner(
                        new ToolCatalog(List.of(new Mending(seen))),
                        room,
                        CLOCK,
                        findings,
                        this::file,
                        List.of(),
                        new OrderedEventBus(room),
                        _ -> {});
        return runner.run("mend", JsonNodeFactory.instance.objectNode(), Samples.TARGET, actor);
    }

    @Test
    void newAndChangedRemediesAreFiledAndNoOthers() {
        var first = run(Samples.AGENT, finding("shop", "a", "drop a"));
        assertThat(first.plans()).hasSize(1);
        assertThat(first.source()).isEqualTo(Source.LIVE);

        assertThat(run(Samples.AGENT, finding("shop", "a", "drop a")).plans()).isEmpty();
        run(Samples.AGENT, finding("shop", "a", "drop a"), finding("shop", "b", "drop b"));
        run(Samples.AGENT, finding("shop", "a", "drop another a"));

        assertThat(planned).containsExactly("shop.a", "shop.b", "shop.a");
    }

    @Test
    void personWhoAsksIsShownEveryRemedy() {
        var first = run(Samples.AGENT, finding("shop", "a", "drop a"));
        var second = run(Actor.human("kim"), finding("shop", "a", "drop a"));
        assertThat(second.plans()).isEqualTo(first.plans());
    }

    @Test
    void oneDatabaseThatCannotBeReadCostsNeitherTheRunNorTheOthers() {
        var report =
                run(
                        Samples.AGENT,
                        finding("broken", "a", "drop a"),
                        finding("shop", "b", "drop b"));

        assertThat(report.status()).isEqualTo(ToolReport.Status.OK);
        assertThat(report.findings()).hasSize(2);
        assertThat(queue).containsOnlyKeys("b");
        assertThat(report.caveats()).singleElement().asString().contains("broken", "no CONNECT");
        run(Samples.AGENT, finding("broken", "a", "drop a"), finding("shop", "b", "drop b"));
        assertThat(planned).as("only what was not filed is tried again").containsExactly("shop.b");
    }

    @Test
    void whatAPersonSaidNoToIsSaidAndAskedForAgainNextTime() {
        var seen = new Finding[] {finding("shop", "declined", "x"), finding("shop", "b", "drop b")};
        var report = run(Samples.AGENT, seen);

        assertThat(report.plans()).hasSize(1);
        assertThat(report.caveats()).singleElement().asString().contains("1 remedies are held");
        run(Samples.AGENT, seen);
        assertThat(planned).containsExactly("shop.declined", "shop.b", "shop.declined");
    }

    @Test
    void remedyThatIsRefusedCostsNoOther() {
        var report =
                run(
                        Samples.AGENT,
                        finding("shop", "a", "drop a"),
                        finding("shop", "refused", "drop it"),
                        finding("shop", "c", "drop c"));

        assertThat(report.status()).isEqualTo(ToolReport.Status.OK);
        assertThat(queue).containsOnlyKeys("a", "c");
        assertThat(report.plans()).hasSize(2);
        assertThat(report.caveats()).singleElement().asString().contains("held back");
    }
}
