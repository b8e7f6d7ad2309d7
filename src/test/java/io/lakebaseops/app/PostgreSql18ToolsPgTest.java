package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.agents.performance.indexes.DetectMissingIndexes;
import io.lakebaseops.cli.TargetChoice;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.local.LocalOptions;
import io.lakebaseops.testing.Pg17;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// The tools of the performance agent, as the product wires them, on a real PostgreSQL 18, where a
/// B-tree also finds rows by the columns behind its first one.
@EnabledIfSystemProperty(named = "lakebaseops.pg18", matches = ".+\\.jar")
final class PostgreSql18ToolsPgTest {
    private static final String BY_SECOND_COLUMN = "select * from skipped where id = 7";

    @TempDir private static Path home;
    private static Pg17 server;
    private static Pg17.Database database;
    private static Wiring wiring;

    @BeforeAll
    static void fill() {
        server = Pg17.ofRelease(Path.of(System.getProperty("lakebaseops.pg18")));
        database = server.database("eighteen");
        database.asAdmin("create extension pgstattuple");
        database.asDba(
                "create table skipped (kind int, id int, t text)",
                "insert into skipped select g % 4, g, repeat('x', 150)"
                        + " from generate_series(1, 120000) g",
                "create index skipped_kind_id on skipped (kind, id)",
                "create index skipped_kind on skipped (kind)",
                "create index skipped_id on skipped (id)",
                "delete from skipped where id % 4 = 1",
                "vacuum analyze skipped",
                "insert into skipped select 1, g, 'y' from generate_series(200001, 260000) g",
                "delete from skipped where id > 200000",
                "select pg_stat_force_next_flush()");
        wiring = new Wiring(new Home(home), LocalOptions.defaults());
    }

    @AfterAll
    static void close() {
        wiring.close();
        server.stop();
    }

    private static Map<String, ToolReport> run(TargetId target) {
        var reports = new LinkedHashMap<String, ToolReport>();
        for (var tool : wiring.catalog().all()) {
            if (tool.getClass().getPackageName().contains(".performance.")) {
                var input = JsonNodeFactory.instance.objectNode();
                var name = tool.descriptor().name();
                if (name.equals("analyze_slow_queries_with_ai")) {
                    input.put("min_mean_ms", 0.0);
                }
                reports.put(name, wiring.framework().run(name, input, target, Actor.human("ada")));
            }
        }
        return reports;
    }

    @Test
    void eachToolWorksAndAnIndexThatSkipsIsCounted() {
        var url = database.url() + "?user=" + Pg17.DBA + "&password=" + Pg17.DBA_PASSWORD;
        var target = wiring.target(new TargetChoice.Url(url));
        var reports = run(target);
        assertThat(reports).hasSize(14);
        reports.forEach(
                (name, report) -> {
                    System.out.printf(
                            "PostgreSQL 18: %-31s %s, %d findings, %s%n",
                            name, report.status(), report.findings().size(), report.caveats());
                    assertThat(report.status())
                            .as("%s: %s", name, report.error())
                            .isEqualTo(ToolReport.Status.OK);
                });
        assertThat(reports.get("detect_duplicate_indexes").findings())
                .as("a skip scan of (kind, id) is slower than (id) for a single id")
                .extracting(f -> f.subject().name())
                .containsExactly("skipped_kind");

        database.asDba("drop index skipped_id", "analyze skipped");
        for (int i = 0; i < 200; i++) {
            database.asDba(BY_SECOND_COLUMN);
        }
        assertThat(database.scalar("explain " + BY_SECOND_COLUMN)).contains("skipped_kind_id");
        var missing =
                wiring.framework()
                        .run(
                                "detect_missing_indexes",
                                JsonNodeFactory.instance.objectNode(),
                                target,
                                Actor.human("ada"));
        assertThat(((DetectMissingIndexes.Output) missing.data()).missing())
                .as("%s", missing.caveats())
                .noneMatch(m -> m.table().equals("skipped"));
    }
}
