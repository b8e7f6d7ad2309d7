package io.lakebaseops.console;

import io.lakebaseops.agents.performance.optimization.AnalyzeSlowQueriesWithAi.Cause;
import io.lakebaseops.agents.performance.optimization.AnalyzeSlowQueriesWithAi.Diagnosis;
import io.lakebaseops.agents.performance.optimization.AnalyzeSlowQueriesWithAi.Output;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.console.queries.QueriesViewModel;
import io.lakebaseops.domain.GeneratedHistory;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.explain.ExplainedPlan;
import io.lakebaseops.explain.PlanDiagnosis;
import io.lakebaseops.explain.PlanFormat;
import io.lakebaseops.explain.PrintedPlan;
import io.lakebaseops.explain.StatementFacts;
import io.lakebaseops.explain.TableFacts;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;

import javafx.scene.input.KeyCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/// Draws the Queries screen and the plan page of an invented half day: `QueriesPictures DIR`.
public final class QueriesPictures {
    private static final String SLOW =
            "SELECT o.id, o.customer_id, o.total_cents, c.email, p.method FROM shop.orders o JOIN"
                    + " shop.customers c ON c.id = o.customer_id JOIN shop.payments p ON p.order_id = o.id"
                    + " WHERE o.status = $1 AND o.created_at > now() - $2 AND NOT EXISTS (SELECT FROM"
                    + " shop.shipments s WHERE s.order_id = o.id) ORDER BY o.created_at LIMIT $3";

    private QueriesPictures() {}

    public static void main(String[] args) throws IOException {
        var dir = Files.createDirectories(Path.of(args[0]));
        var lake =
                LocalLakehouse.open(
                        Files.createTempDirectory("lake"),
                        Clock.fixed(FakeShop.NOW, ZoneOffset.UTC));
        lake.ensureTables(OpsTables.ALL);
        new SampleLoad(lake, FakeShop.NOW, SampleLoad.HOT, SLOW).write();
        for (var theme : Theme.values()) {
            for (int[] size : new int[][] {{1600, 900}, {1280, 720}}) {
                draw(shop(lake), dir, theme, size);
            }
        }
        states(lake, dir);
        System.exit(0);
    }

    private static FakeShop shop(Lakehouse lake) {
        var shop = FakeShop.busyDay();
        shop.lake = lake;
        shop.generated =
                new GeneratedHistory(
                        FakeShop.NOW.minus(Duration.ofDays(90)),
                        FakeShop.NOW.minus(Duration.ofHours(4)));
        shop.tools.answers.put("analyze_slow_queries_with_ai", _ -> answer());
        return shop;
    }

    private static Output answer() {
        var plan = ExplainedPlan.read(resource("wrapped-parallel.txt"));
        var problems = PlanDiagnosis.of(plan, TableFacts.UNKNOWN, StatementFacts.UNKNOWN);
        var causes =
                problems.stream()
                        .map(
                                p ->
                                        new Cause(
                                                p.cause().name().toLowerCase(Locale.ROOT),
                                                p.cause().title(),
                                                p.node(),
                                                p.share(),
                                                p.seen(),
                                                p.why(),
                                                p.check(),
                                                p.remedy(),
                                                p.caveats(),
                                                p.index()))
                        .toList();
        return new Output(
                1,
                1,
                List.of(
                        new Diagnosis(
                                Long.toString(SampleLoad.HOT),
                                "shop",
                                SLOW,
                                1386,
                                25,
                                6420,
                                8.9e6,
                                100,
                                PrintedPlan.of(plan, PlanFormat.JSON).text(),
                                "b71e52a0",
                                true,
                                null,
                                causes.getFirst().title() + ": " + causes.getFirst().seen(),
                                causes)));
    }

    private static String resource(String file) {
        try (var in = QueriesPictures.class.getResourceAsStream("/plans/pasted/" + file)) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void draw(FakeShop shop, Path dir, Theme theme, int[] size) throws IOException {
        var name = "-%s-%d.png".formatted(theme.name().toLowerCase(Locale.ROOT), size[0]);
        try (var console = new OpenConsole(shop, dir, size[0], size[1], theme)) {
            console.goTo(Destination.queries());
            console.robot.push(KeyCode.J);
            console.until(() -> console.shown("#mean-time"));
            shot(console, dir.resolve("queries" + name));
            console.robot.push(KeyCode.ENTER);
            console.until(() -> console.shown("#plan-page"));
            shot(console, dir.resolve("plan" + name));
        }
    }

    private static void states(Lakehouse lake, Path dir) throws IOException {
        try (var console = new OpenConsole(FakeShop.busyDay(), dir, 1600, 900, Theme.DARK)) {
            console.goTo(Destination.queries());
            shot(console, dir.resolve("queries-empty.png"));
        }
        var refused = FakeShop.busyDay();
        refused.tools.reports.addFirst(
                FakeTools.report(
                        "persist_pg_stat_statements",
                        ToolReport.Status.UNAVAILABLE,
                        FakeShop.NOW,
                        Duration.ofSeconds(1),
                        null));
        try (var console = new OpenConsole(refused, dir, 1600, 900, Theme.LIGHT)) {
            console.goTo(Destination.queries());
            shot(console, dir.resolve("queries-refused.png"));
        }
        var failed = FakeShop.busyDay();
        failed.history.broken =
                new OpsException(
                        OpsException.Kind.INTERNAL,
                        "Reading the history",
                        "the disk is full",
                        "make room");
        try (var console = new OpenConsole(failed, dir, 1600, 900, Theme.DARK)) {
            console.goTo(Destination.queries());
            shot(console, dir.resolve("queries-failed.png"));
        }
        var stale = shop(lake);
        stale.measuredAt = FakeShop.NOW.minusSeconds(95);
        try (var console = new OpenConsole(stale, dir, 1600, 900, Theme.DARK)) {
            console.goTo(Destination.queries());
            shot(console, dir.resolve("queries-stale.png"));
            FxToolkit.call(
                    () -> {
                        ((QueriesViewModel) console.frame.view(Destination.QUERIES).model())
                                .paste();
                        return dir;
                    });
            shot(console, dir.resolve("paste.png"));
        }
    }

    private static void shot(OpenConsole console, Path file) throws IOException {
        for (int i = 0; i < 6; i++) {
            java.util.concurrent.locks.LockSupport.parkNanos(80_000_000);
            console.settle();
        }
        Screens.write(FxToolkit.call(() -> console.frame.scene().snapshot(null)), file);
    }
}
