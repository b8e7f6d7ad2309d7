package io.lakebaseops.console;

import io.lakebaseops.agents.health.monitoring.HealthBoard;
import io.lakebaseops.agents.provisioning.branching.BranchPolicy;
import io.lakebaseops.agents.provisioning.cicd.SetupCicdPipeline;
import io.lakebaseops.agents.provisioning.governance.ConfigureRls;
import io.lakebaseops.agents.provisioning.governance.DatabaseNames;
import io.lakebaseops.agents.provisioning.governance.SetupAiAgentBranching;
import io.lakebaseops.agents.provisioning.project.ProvisionLakebaseProject;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.framework.ToolCatalog;
import io.lakebaseops.framework.ToolReport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/// Draws the branches screen and its pages in every state: `BranchPictures DIR [PART OF THE NAME]`.
public final class BranchPictures {
    private static Path dir = Path.of(".");
    private static String only = "";

    private BranchPictures() {}

    public static void main(String[] args) throws IOException {
        dir = Files.createDirectories(Path.of(args[0]));
        only = args.length > 1 ? args[1] : "";
        for (var theme : Theme.values()) {
            for (int[] size : new int[][] {{1600, 900}, {1280, 720}}) {
                all(theme, size);
            }
        }
        states();
        System.exit(0);
    }

    static FakeShop busy() {
        var shop = FakeShop.busyDay();
        for (int day = 1; day <= 3; day++) {
            var report =
                    FakeTools.report(
                            "reset_branch_from_parent",
                            ToolReport.Status.UNAVAILABLE,
                            FakeShop.NOW.minus(Duration.ofHours(12 + 24L * (day - 1))),
                            Duration.ofSeconds(1),
                            null);
            shop.tools.reports.add(
                    new ToolReport(
                            report.runId(),
                            report.tool(),
                            report.target(),
                            report.actor(),
                            report.status(),
                            report.source(),
                            List.of(),
                            null,
                            List.of(),
                            List.of(),
                            "staging has children (ci-pr-214), and they would lose their parent",
                            report.startedAt(),
                            report.duration()));
        }
        shop.tools.answers.put("capture_schema_diff", _ -> SampleMigration.diff());
        return shop;
    }

    private static void all(Theme theme, int[] size) throws IOException {
        var name = "-%s-%d".formatted(theme.name().toLowerCase(Locale.ROOT), size[0]);
        draw("branches" + name, busy(), theme, size, _ -> {});
        draw(
                "draft" + name,
                busy(),
                theme,
                size,
                c -> {
                    c.fire("#begin-branch");
                    c.type("#branch-name", "hotfix 8841");
                    c.type("#branch-at", "5 h ago");
                });
        draw("diff" + name, busy(), theme, size, c -> c.fire("#diff-parent"));
        var tested = busy();
        tested.migrationTest = SampleMigration.done();
        draw("migration" + name, tested, theme, size, c -> c.fire("#open-migration"));
    }

    private static void states() throws IOException {
        int[] wide = {1600, 900};
        draw("migration-start", busy(), Theme.DARK, wide, c -> c.fire("#open-migration"));
        var running = busy();
        running.migrationTest = SampleMigration.running();
        draw("migration-running", running, Theme.LIGHT, wide, c -> c.fire("#open-migration"));
        var tools = busy();
        tools.tools.own =
                new ToolCatalog(
                        List.of(
                                new ProvisionLakebaseProject(
                                        null, BranchPolicy.standard(), null, null),
                                new ConfigureRls(null, null),
                                new SetupAiAgentBranching(
                                        null, null, null, BranchPolicy.standard()),
                                new SetupCicdPipeline()));
        tools.names =
                new DatabaseNames(
                        List.of("shop"),
                        List.of("public", "shop"),
                        List.of("shop.orders", "shop.order_items"),
                        List.of("app"),
                        true);
        draw("tools", tools, Theme.DARK, wide, c -> c.fire("#open-tools"));
        draw("tools-light", tools, Theme.LIGHT, new int[] {1280, 720}, c -> c.fire("#open-tools"));
        var plain = FakeShop.busyDay();
        plain.branches.project = null;
        draw("branches-plain", plain, Theme.DARK, wide, _ -> {});
        var many = busy();
        many.branches.project = FakeBranches.many(500);
        draw("branches-many", many, Theme.DARK, wide, _ -> {});
        draw("branches-folded", busy(), Theme.LIGHT, wide, c -> c.fire("#fold-owner"));
        draw("branches-linear", busy(), Theme.DARK, wide, c -> c.fire("#time-linear"));
        var stale = busy();
        stale.measuredAt = FakeShop.NOW.minusSeconds(95);
        stale.outage =
                new HealthBoard.Outage(
                        FakeShop.NOW.minusSeconds(90), "the server closed the connection");
        draw("branches-stale", stale, Theme.LIGHT, wide, _ -> {});
        var failed = FakeShop.busyDay();
        failed.branches.broken =
                new OpsException(
                        OpsException.Kind.DENIED,
                        "Listing the branches",
                        "Databricks answers 403: token lacks CAN_MANAGE on storefront-prod",
                        "ask the owner of the project for it");
        draw("branches-failed", failed, Theme.DARK, wide, _ -> {});
        draw("branches-wide", busy(), Theme.DARK, new int[] {2560, 1440}, _ -> {});
    }

    /// Keys and clicks of a picture.
    private record Hands(OpenConsole console) {
        void fire(String id) {
            console.until(() -> console.node(id) != null);
            FxToolkit.call(
                    () -> {
                        ((javafx.scene.control.ButtonBase) console.frame.scene().lookup(id)).fire();
                        return id;
                    });
            console.settle();
        }

        void type(String id, String text) {
            FxToolkit.call(
                    () -> {
                        ((javafx.scene.control.TextField) console.frame.scene().lookup(id))
                                .setText(text);
                        return id;
                    });
        }
    }

    private static void draw(
            String name,
            FakeShop shop,
            Theme theme,
            int[] size,
            java.util.function.Consumer<Hands> act)
            throws IOException {
        if (!name.contains(only)) {
            return;
        }
        try (var console = new OpenConsole(shop, dir, size[0], size[1], theme)) {
            console.goTo(Destination.branches());
            console.settle();
            LockSupport.parkNanos(200_000_000);
            act.accept(new Hands(console));
            for (int i = 0; i < 6; i++) {
                LockSupport.parkNanos(80_000_000);
                console.settle();
            }
            Screens.write(
                    FxToolkit.call(() -> console.frame.scene().snapshot(null)),
                    dir.resolve(name + ".png"));
        }
    }
}
