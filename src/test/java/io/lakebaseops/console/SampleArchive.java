package io.lakebaseops.console;

import io.lakebaseops.agents.health.archival.ColdCandidate;
import io.lakebaseops.agents.health.archival.ColdCandidate.Age;
import io.lakebaseops.agents.health.archival.ColdLooks;
import io.lakebaseops.agents.health.archival.IdentifyColdData;
import io.lakebaseops.domain.plan.ArchiveOrder;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.RunningPlan;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.state.Archival;
import io.lakebaseops.state.Archival.Phase;
import io.lakebaseops.state.Archival.Status;
import io.lakebaseops.state.StateJson;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Cold rows and archivals of the invented shop.
public final class SampleArchive {
    /// The plan of the archival that runs.
    public static final UUID RUNNING = new UUID(8, 41);

    private SampleArchive() {}

    public static void fill(FakeShop shop) {
        var now = shop.clock.instant();
        shop.archive.look = Optional.of(look(now));
        shop.archive.archivals.add(
                archival(41, "shipments", Phase.VERIFY, Status.RUNNING, now, null));
        for (int i = 0; i < 8; i++) {
            shop.archive.archivals.add(
                    archival(
                            40 - i,
                            "events",
                            Phase.DONE,
                            i == 3 ? Status.PART_RESTORED : Status.ARCHIVED,
                            now.minus(Duration.ofDays(7L * i + 5)),
                            null));
        }
    }

    /// Archival 41 as one that a process carries out; without it, its process is gone.
    public static void run(FakeShop shop) {
        var some = shop.plan(SamplePlans.CREATE);
        var plan =
                new FiledPlan(
                        RUNNING,
                        some.plan(),
                        some.fingerprint(),
                        some.risk(),
                        FiledPlan.State.RUNNING,
                        FakeShop.NOW,
                        "anna",
                        FakeShop.NOW,
                        null,
                        null,
                        null);
        shop.desk.watched.add(
                new RunningPlan(
                        plan,
                        1,
                        1,
                        "Archive",
                        FakeShop.NOW,
                        Duration.ofSeconds(90),
                        List.of(),
                        "here"));
    }

    public static ColdLooks.Look look(Instant now) {
        var before = now.minus(Duration.ofDays(90));
        return new ColdLooks.Look(
                now.minus(Duration.ofHours(6)),
                90,
                new IdentifyColdData.Output(
                        before,
                        139_123_649,
                        36_000_000_000L,
                        List.of(
                                events(now),
                                orders(
                                        now,
                                        "orders",
                                        "312,480 rows of shop.payments point at cold rows: archive those first")),
                        List.of("shop.inventory: 0 rows older than the threshold by updated_at")));
    }

    private static ColdCandidate events(Instant now) {
        var ages = ages(now, 12, "events_");
        long cold =
                ages.stream()
                        .filter(a -> !a.until().isAfter(now.minus(Duration.ofDays(90))))
                        .mapToLong(Age::rows)
                        .sum();
        return new ColdCandidate(
                "shop",
                "web",
                "events",
                "happened_at",
                ages.stream().mapToLong(Age::rows).sum(),
                cold,
                60_000_000_000L,
                36_000_000_000L,
                8,
                List.of(),
                "",
                ages);
    }

    private static ColdCandidate orders(Instant now, String table, String obstacle) {
        var ages = ages(now, 10, null);
        return new ColdCandidate(
                "shop",
                "shop",
                table,
                "created_at",
                2_000_000,
                1_400_000,
                900_000_000,
                600_000_000,
                0,
                List.of(obstacle),
                "",
                ages);
    }

    private static List<Age> ages(Instant now, int months, @Nullable String partition) {
        var all = new ArrayList<Age>();
        var month =
                now.atOffset(ZoneOffset.UTC)
                        .withDayOfMonth(1)
                        .truncatedTo(java.time.temporal.ChronoUnit.DAYS)
                        .minusMonths(months - 1);
        for (int i = 0; i < months; i++) {
            all.add(
                    new Age(
                            month.plusMonths(i).toInstant(),
                            month.plusMonths(i + 1).toInstant(),
                            8_000_000L + i * 900_000L,
                            3_000_000_000L + i * 250_000_000L,
                            partition == null ? null : partition + i,
                            partition != null && i > months - 4
                                    ? now.minus(Duration.ofDays((months - i - 1) * 9L))
                                    : null));
        }
        return all;
    }

    public static Archival archival(
            long number,
            String table,
            Phase phase,
            Status status,
            Instant at,
            @Nullable String error) {
        var order =
                new ArchiveOrder(
                        new UUID(7, number),
                        ArchiveOrder.Direction.ARCHIVE,
                        table.equals("events") ? "web" : "shop",
                        table,
                        "shipped_at",
                        at.minus(Duration.ofDays(90)),
                        90,
                        "lakebase_archive.shop__" + table + "_cold",
                        List.of(new ArchiveOrder.Column("id", "bigint", "id", "long", false)),
                        List.of("id"),
                        List.of(
                                new ArchiveOrder.Piece(
                                        "shop",
                                        table,
                                        false,
                                        null,
                                        List.of(
                                                new ArchiveOrder.Statement(
                                                        ArchiveOrder.Role.READ, "select 1")))),
                        List.of(),
                        20_000,
                        1_000);
        var step =
                new Step.ArchiveStep(
                        "Archive",
                        "shop",
                        order,
                        LockLevel.ROW_EXCLUSIVE,
                        Reversibility.REVERSIBLE,
                        Duration.ofSeconds(3),
                        Duration.ofHours(1),
                        Duration.ofHours(24),
                        58_000_000);
        boolean done = phase == Phase.DONE;
        long rows = 312_480;
        return new Archival(
                order.archival(),
                number,
                FakeShop.PRODUCTION,
                "shop",
                order.schema(),
                table,
                order.archiveTable(),
                order.before(),
                90,
                StateJson.write((Step) step),
                number == 41 ? RUNNING : new UUID(8, number),
                phase,
                status,
                at.minusSeconds(90),
                at.minusSeconds(37),
                done ? at : null,
                error,
                58_000_000,
                done ? 57_000_000L : null,
                done ? "3f9c2ab1" : null,
                done
                        ? "{\"archival\":"
                                + number
                                + ",\"rows\":312480,\"location\":\"/lake/shop__events_cold\"}"
                        : null,
                16,
                rows,
                rows,
                done ? rows : phase == Phase.DELETE ? rows : 197_400,
                done ? rows : phase == Phase.DELETE ? 12_000 : 0,
                0);
    }
}
