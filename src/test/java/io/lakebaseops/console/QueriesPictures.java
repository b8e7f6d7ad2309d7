package io.lakebaseops.console;

import io.lakebaseops.agents.performance.optimization.AnalyzeSlowQueriesWithAi.Cause;
import io.lakebaseops.agents.performance.optimization.AnalyzeSlowQueriesWithAi.Diagnosis;
import io.lakebaseops.agents.performance.optimization.AnalyzeSlowQueriesWithAi.Output;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.console.queries.QueriesViewModel;
import io.lakebaseops.domain.GeneratedHistory;
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

import javafx.scene.control.Button;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;

/// Pictures of the Queries screen and the plan page of an invented half day.
final class QueriesPictures {
    private static final String SLOW =
            "SELECT o.id, o.customer_id, o.total_cents, c.email, p.method FROM shop.orders o JOIN"
                    + " shop.customers c ON c.id = o.customer_id JOIN shop.payments p ON p.order_id = o.id"
                    + " WHERE o.status = $1 AND o.created_at > now() - $2 AND NOT EXISTS (SELECT FROM"
                    + " shop.shipments s WHERE s.order_id = o.id) ORDER BY o.created_at LIMIT $3";

    private QueriesPictures() {}

    static Lakehouse lake() throws IOException {
        var lake =
                LocalLakehouse.open(
                        Files.createTempDirectory("lake"),
                        Clock.fixed(FakeShop.NOW, ZoneOffset.UTC));
        lake.ensureTables(OpsTables.ALL);
        new SampleLoad(lake, FakeShop.NOW, SampleLoad.HOT, SLOW).write();
        return lake;
    }

    static List<PictureScene> scenes(Lakehouse lake) {
        var refused = FakeShop.busyDay();
        refused.tools.reports.addFirst(
                FakeTools.report(
                        "persist_pg_stat_statements",
                        ToolReport.Status.UNAVAILABLE,
                        FakeShop.NOW,
                        Duration.ofSeconds(1),
                        null));
        var old = shop(lake);
        StatePictures.agedBy(old, 95);
        return List.of(
                at("queries-statement", shop(lake), QueriesPictures::statement),
                at(
                        "plan",
                        shop(lake),
                        c -> {
                            statement(c);
                            c.console().robot.push(KeyCode.ENTER);
                            c.console().until(() -> c.console().shown("#plan-page"));
                        }),
                at("queries-refused", refused, _ -> {}),
                at("queries-old", old, _ -> {}),
                at("plan-paste", shop(lake), QueriesPictures::pasteForm),
                pasted("plan-public-times", "io-timings.txt"),
                pasted("plan-public-ctes", "ctes.txt"),
                pasted("plan-public-subplans", "subplans-8.txt"),
                pasted("plan-public-yaml", "psql-yaml-join.txt"));
    }

    private static PictureScene pasted(String name, String file) {
        return at(
                name,
                FakeShop.busyDay(),
                c -> {
                    pasteForm(c);
                    c.console().until(() -> c.console().shown("#paste-show"));
                    FxToolkit.call(
                            () -> {
                                var scene = c.console().frame.scene();
                                ((TextArea) scene.lookup("#paste-text")).setText(resource(file));
                                ((Button) scene.lookup("#paste-show")).fire();
                                return c;
                            });
                    c.console().until(() -> c.console().shown("#plan-page"));
                });
    }

    private static void pasteForm(PictureHands c) {
        FxToolkit.call(
                () -> {
                    var view = c.console().frame.view(Destination.QUERIES);
                    ((QueriesViewModel) view.model()).paste();
                    return c;
                });
    }

    private static void statement(PictureHands c) {
        c.console().robot.push(KeyCode.J);
        c.console().until(() -> c.console().shown("#mean-time"));
    }

    private static PictureScene at(String name, FakeShop shop, Consumer<PictureHands> act) {
        return PictureScene.of(name, shop, Destination.queries(), act);
    }

    static FakeShop shop(Lakehouse lake) {
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
        var causes = problems.stream().map(Cause::of).toList();
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
}
