package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.cli.TargetChoice;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.local.LocalOptions;
import io.lakebaseops.testing.OlderStatistics;
import io.lakebaseops.testing.Pg17;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The 14 tools of the performance agent, as the product wires them, where something is missing:
/// each says what, and does what is left.
final class RightsMatrixPgTest {
    private static final Pg17 SERVER = Pg17.started(List.of());

    @TempDir private static Path home;
    private static Pg17.Database shop;
    private static Wiring wiring;

    @BeforeAll
    static void fill() {
        shop = SERVER.database("shop");
        shop.asAdmin(
                "create role owner_of_shop",
                "create role whole login password 'r' in role owner_of_shop, pg_monitor, pg_maintain",
                "create role no_stats login password 'r' in role owner_of_shop, pg_maintain",
                "create role no_select login password 'r' in role pg_monitor, pg_maintain",
                "grant all on schema public to owner_of_shop",
                "create extension pgstattuple",
                "set role owner_of_shop",
                "create table parent (id int primary key)",
                "insert into parent select generate_series(1, 100)",
                "create table big (id int primary key, a int references parent, b int, c text)",
                "insert into big select g, g % 100 + 1, g, repeat('x', 200)"
                        + " from generate_series(1, 120000) g",
                "create index big_b on big (b)",
                "create index big_b_again on big (b)",
                "vacuum analyze big",
                "delete from big where id % 4 <> 0",
                "vacuum analyze big",
                "reset role",
                "grant select on parent to no_select",
                "select pg_stat_force_next_flush()");
        wiring = new Wiring(new Home(home), LocalOptions.defaults());
    }

    @AfterAll
    static void close() {
        wiring.close();
        SERVER.stop();
    }

    private static TargetId as(String login) {
        return wiring.target(new TargetChoice.Url(shop.url() + "?user=" + login + "&password=r"));
    }

    /// As if it ran for a while: rows come and go, statements are counted.
    private static void use() {
        shop.asAdmin(
                "insert into big select g, g % 100 + 1, g, repeat('x', 200)"
                        + " from generate_series(200001, 260000) g",
                "delete from big where id > 200000",
                "select count(*) from big where a = 7 and c <> 'x'",
                "select pg_stat_force_next_flush()");
    }

    private static Map<String, ToolReport> run(String login) {
        use();
        var target = as(login);
        var reports = new LinkedHashMap<String, ToolReport>();
        for (var tool : wiring.catalog().all()) {
            if (tool.getClass().getPackageName().contains(".performance.")) {
                var name = tool.descriptor().name();
                var input = JsonNodeFactory.instance.objectNode();
                if (name.equals("analyze_slow_queries_with_ai")) {
                    input.put("min_mean_ms", 0.0).put("twin", 0);
                }
                reports.put(name, wiring.framework().run(name, input, target, Actor.human("ada")));
            }
        }
        return reports;
    }

    /// What must be said, by tool and condition; empty where the condition takes nothing away, and
    /// all is found as it is with every right.
    private static Map<String, Map<Condition, String>> expected() {
        var words = new LinkedHashMap<String, Map<Condition, String>>();
        var rows =
                """
                persist_pg_stat_statements     | GRANT pg_monitor (or pg_read_all_stats) TO | | CREATE EXTENSION pg_stat_statements | statistics were reset inside the interval
                detect_unused_indexes          | | | | counters began anew at
                detect_bloated_indexes         | GRANT pg_stat_scan_tables TO | GRANT SELECT ON "public"."big" | CREATE EXTENSION pgstattuple |
                detect_missing_indexes         | GRANT pg_read_all_stats TO | GRANT SELECT ON "public"."big" | CREATE EXTENSION pg_stat_statements | statements are counted since
                detect_duplicate_indexes       | | | | counters began anew at
                detect_missing_fk_indexes      | | | | counters began anew at
                run_full_index_analysis        | GRANT pg_read_all_stats TO | GRANT SELECT ON "public"."big" | CREATE EXTENSION pg_stat_statements | counters began anew at
                identify_tables_needing_vacuum | without pg_monitor | needs SELECT on them | CREATE EXTENSION pgstattuple | statistics were reset at
                schedule_vacuum_analyze        | | | | statistics were reset at
                schedule_vacuum_full           | needs pg_stat_scan_tables | needs SELECT on them | CREATE EXTENSION pgstattuple | statistics were reset at
                check_txid_wraparound_risk     | without pg_monitor | | |
                tune_autovacuum_parameters     | | | | statistics were reset at
                analyze_slow_queries_with_ai   | counted statements are hidden | permission denied for table big | CREATE EXTENSION pg_stat_statements | statements are counted since
                forecast_capacity_needs        | | | |
                """;
        for (var row : rows.lines().toList()) {
            var cells = row.split("\\|", -1);
            var by = new EnumMap<Condition, String>(Condition.class);
            for (var condition : Condition.values()) {
                by.put(condition, cells[condition.ordinal() + 1].strip());
            }
            words.put(cells[0].strip(), by);
        }
        return words;
    }

    private enum Condition {
        WITHOUT_READ_ALL_STATS,
        WITHOUT_SELECT,
        WITHOUT_EXTENSIONS,
        RESET_AN_HOUR_AGO
    }

    private static Map<String, ToolReport> run(Condition condition) {
        return switch (condition) {
            case WITHOUT_READ_ALL_STATS -> run("no_stats");
            case WITHOUT_SELECT -> run("no_select");
            case WITHOUT_EXTENSIONS -> {
                shop.asAdmin("drop extension pg_stat_statements, pgstattuple");
                yield run("whole");
            }
            case RESET_AN_HOUR_AGO -> {
                shop.asAdmin(
                        "create extension pg_stat_statements",
                        "create extension pgstattuple",
                        "select pg_stat_reset()",
                        "select pg_stat_statements_reset()");
                var began = Instant.now().minusSeconds(1);
                use();
                SERVER.restarted(data -> OlderStatistics.by(data, Duration.ofHours(1), began));
                yield run("whole");
            }
        };
    }

    @Test
    void eachToolSaysWhatIsMissingAndDoesWhatIsLeft() {
        var expected = expected();
        var whole = run("whole");
        assertThat(whole).containsOnlyKeys(expected.keySet()).hasSize(14);
        assertThat(whole.values()).allMatch(r -> r.status() == ToolReport.Status.OK);
        for (var condition : Condition.values()) {
            var reports = run(condition);
            System.out.println(condition);
            reports.forEach(
                    (name, report) -> {
                        var wanted = expected.get(name).get(condition);
                        System.out.printf(
                                "  %-31s %-11s %5d ms %d findings, %s%n",
                                name,
                                report.status(),
                                report.duration().toMillis(),
                                report.findings().size(),
                                wanted.isEmpty() ? "nothing is missing" : "\"" + wanted + "\"");
                        var as = assertThat(said(report)).as("%s, %s", name, condition);
                        if (wanted.isEmpty()) {
                            assertThat(report.status()).isEqualTo(ToolReport.Status.OK);
                            assertThat(left(report))
                                    .as("%s, %s", name, condition)
                                    .containsAll(left(whole.get(name)));
                        } else {
                            as.contains(wanted);
                        }
                        assertThat(report.status())
                                .as("%s, %s: %s", name, condition, report.error())
                                .isNotEqualTo(ToolReport.Status.FAILED);
                    });
        }
    }

    private static String said(ToolReport report) {
        return report.error() + String.join("\n", report.caveats()) + report.data();
    }

    /// Its findings; of a tool that only plans, its plans.
    private static List<String> left(ToolReport report) {
        return report.findings().isEmpty()
                ? report.plans().stream().map(p -> p.plan().title()).toList()
                : report.findings().stream().map(Finding::fingerprint).toList();
    }
}
