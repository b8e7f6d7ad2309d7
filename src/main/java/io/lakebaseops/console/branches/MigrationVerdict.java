package io.lakebaseops.console.branches;

import io.lakebaseops.agents.provisioning.migration.MigrationTestBoard.Test;
import io.lakebaseops.agents.provisioning.migration.MigrationTestStages.Stage;
import io.lakebaseops.agents.provisioning.migration.MigrationTestStages.State;
import io.lakebaseops.agents.provisioning.migration.TestMigrationOnBranch;
import io.lakebaseops.agents.provisioning.migration.TestMigrationOnBranch.Locked;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The first sentence of a migration test: whether it applies, what it would lock for how long and
/// who would wait.
record MigrationVerdict(Role role, String sentence, List<String> strong) {
    MigrationVerdict {
        strong = List.copyOf(strong);
    }

    static MigrationVerdict of(Test test, Instant now) {
        var pr = Texts.of("PR %s", test.input().pr());
        var output = test.output();
        if (test.running()) {
            return new MigrationVerdict(
                    Role.INFO,
                    Texts.of(
                            "%s is being tested: step %d of 9, %s.",
                            pr,
                            test.current(),
                            Format.briefly(Duration.between(test.startedAt(), now))),
                    List.of(pr));
        }
        if (output == null) {
            return new MigrationVerdict(
                    Role.WARNING,
                    Texts.of(
                            "The test of %s was stopped: %s",
                            pr,
                            test.stages().isEmpty()
                                    ? Texts.of("nothing was done")
                                    : test.stages().getLast().output()),
                    List.of(pr));
        }
        var failed = output.steps().stream().filter(s -> s.state() == State.FAILED).findFirst();
        if (failed.isPresent() && failed.get().number() != 6) {
            return new MigrationVerdict(
                    Role.CRITICAL,
                    Texts.of(
                            "%s fails at step %d, %s: %s",
                            pr, failed.get().number(), failed.get().name(), failed.get().output()),
                    List.of(pr));
        }
        return applies(pr, test.input(), output, failed);
    }

    private static MigrationVerdict applies(
            String pr,
            TestMigrationOnBranch.Input input,
            TestMigrationOnBranch.Output output,
            Optional<Stage> failed) {
        var worst = worst(output.locks());
        var words = new StringBuilder(pr).append(Texts.of(" applies"));
        boolean blocks =
                worst.isPresent() && worst.get().xray().took().compareTo(input.lockLimit()) > 0;
        if (blocks) {
            var lock = worst.get();
            words.append(
                    Texts.of(
                            ", but one statement would lock %s for %s on %s",
                            lock.xray().on(), Format.duration(lock.xray().took()), input.live()));
            var waiting = lock.wouldQueue();
            if (waiting != null) {
                words.append(
                        waiting < 1
                                ? Texts.of(": less than one statement would wait")
                                : Texts.of(
                                        ": about %s would wait",
                                        Texts.count(Math.round(waiting), "statement")));
            }
        }
        words.append('.');
        long slower =
                output.queries().stream()
                        .filter(
                                q ->
                                        switch (q.verdict()) {
                                            case SLOWER, BROKEN -> true;
                                            case SAME, FASTER, SKIPPED -> false;
                                        })
                        .count();
        long measured = output.queries().stream().filter(q -> q.interval() != null).count();
        if (slower > 0) {
            words.append(
                    Texts.of(
                            " %d of %s got slower.",
                            slower, Texts.count(measured, "top statement")));
        }
        if (!blocks && slower == 0) {
            failed.ifPresent(f -> words.append(" ").append(f.output()));
        }
        return new MigrationVerdict(
                failed.isPresent() || blocks || slower > 0 ? Role.WARNING : Role.OK,
                words.toString(),
                worst.filter(_ -> blocks)
                        .map(w -> List.of(pr, String.valueOf(w.xray().on())))
                        .orElse(List.of(pr)));
    }

    /// The longest of those that keep writers waiting.
    static Optional<Locked> worst(List<Locked> locks) {
        return locks.stream()
                .filter(l -> l.xray().on() != null && l.xray().strongest().blocksWrites())
                .max(Comparator.comparing(l -> l.xray().took()));
    }
}
