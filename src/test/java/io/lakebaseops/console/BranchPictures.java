package io.lakebaseops.console;

import io.lakebaseops.agents.provisioning.branching.BranchPolicy;
import io.lakebaseops.agents.provisioning.cicd.SetupCicdPipeline;
import io.lakebaseops.agents.provisioning.governance.ConfigureRls;
import io.lakebaseops.agents.provisioning.governance.DatabaseNames;
import io.lakebaseops.agents.provisioning.governance.SetupAiAgentBranching;
import io.lakebaseops.agents.provisioning.project.ProvisionLakebaseProject;
import io.lakebaseops.framework.ToolCatalog;
import io.lakebaseops.framework.ToolReport;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Pictures of the branches screen and its pages.
final class BranchPictures {
    private BranchPictures() {}

    static List<PictureScene> scenes() {
        var tested = busy();
        tested.migrationTest = SampleMigration.done();
        var running = busy();
        running.migrationTest = SampleMigration.running();
        var many = busy();
        many.branches.project = FakeBranches.many(500);
        return List.of(
                at(
                        "branches-draft",
                        busy(),
                        c -> {
                            c.fire("#begin-branch");
                            c.type("#branch-name", "hotfix 8841");
                            c.type("#branch-at", "5 h ago");
                        }),
                at("branches-diff", busy(), c -> c.fire("#diff-parent")),
                at("migration", tested, c -> c.fire("#open-migration")),
                at("migration-start", busy(), c -> c.fire("#open-migration")),
                at("migration-running", running, c -> c.fire("#open-migration")),
                at("branches-tools", tools(), c -> c.fire("#open-tools")),
                at("branches-many", many, _ -> {}),
                at("branches-folded", busy(), c -> c.fire("#fold-owner")),
                at("branches-linear", busy(), c -> c.fire("#time-linear")));
    }

    private static PictureScene at(String name, FakeShop shop, Consumer<PictureHands> act) {
        return PictureScene.of(name, shop, Destination.branches(), act);
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

    private static FakeShop tools() {
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
        return tools;
    }
}
