package io.lakebaseops.framework;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.Risk;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A duplicate index in a shop, its finding, its plan.
public final class Samples {
    public static final TargetId TARGET = new TargetId("local", "shop", "production");
    public static final Actor AGENT = Actor.agent("performance");
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    public static final Subject INDEX =
            Subject.index("shop", "shop", "orders", "orders_status_idx");

    private Samples() {}

    public static Finding duplicate() {
        return Finding.of(
                TARGET,
                "duplicate_index",
                Severity.WARNING,
                INDEX,
                "orders_status_idx repeats orders_status_created_idx",
                new Confidence(0.97, "same leading columns"),
                "DROP INDEX CONCURRENTLY \"shop\".\"orders_status_idx\"",
                null,
                List.of(
                        new Evidence(
                                "indexes/duplicate_indexes",
                                Map.of("schema", "shop"),
                                new Rows(List.of(Map.of("index_name", "orders_status_idx"))),
                                NOON)),
                NOON);
    }

    public static ChangePlan dropDuplicate(Instant at) {
        return new ChangePlan(
                TARGET,
                "detect_duplicate_indexes",
                AGENT,
                "Drop index",
                "Drop index orders_status_idx on shop.orders",
                INDEX,
                "It repeats orders_status_created_idx",
                List.of(step("Drop", "DROP INDEX CONCURRENTLY \"shop\".\"orders_status_idx\"")),
                new Undo(
                        List.of(step("Create", "CREATE INDEX CONCURRENTLY orders_status_idx …")),
                        "Restores the definition",
                        List.of()),
                new ExpectedEffect("Frees 12 MB", "2–5 s", null),
                List.of(),
                List.of(),
                List.of(),
                duplicate().fingerprint(),
                null,
                at,
                at.plusSeconds(3600));
    }

    private static Step step(String title, String sql) {
        return new Step.SqlStep(
                title,
                "shop",
                sql,
                List.of(),
                LockLevel.SHARE_UPDATE_EXCLUSIVE,
                Reversibility.REVERSIBLE,
                false,
                Duration.ofSeconds(2),
                Duration.ofMinutes(5),
                12_000_000);
    }

    public static FiledPlan filed(ChangePlan plan, FiledPlan.State state, Instant at) {
        return new FiledPlan(
                UUID.randomUUID(),
                plan,
                plan.fingerprint(),
                new Risk(RiskLevel.MEDIUM, List.of("drops an index")),
                state,
                at,
                null,
                null,
                null,
                null,
                null);
    }
}
