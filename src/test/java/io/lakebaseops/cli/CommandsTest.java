package io.lakebaseops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.lakebaseops.change.audit.AuditLog.ChainState;
import io.lakebaseops.config.NotificationChannel;
import io.lakebaseops.config.NotificationConfig;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.Samples;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

class CommandsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final FakeServices services = new FakeServices();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void close() {
        services.close();
    }

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Commands.build(services)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    @Test
    void theVersionIsTheBuilds() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).matches("LakebaseOps \\d+\\.\\d+\\.\\d+\\S*, Java 25\\S*\\R");
    }

    private JsonNode json(int code, String... args) throws IOException {
        assertThat(run(args)).as(err.toString()).isEqualTo(code);
        return JSON.readTree(out.toString());
    }

    private static List<String> keys(JsonNode node) {
        Iterator<String> names = node.fieldNames();
        return StreamSupport.stream(((Iterable<String>) () -> names).spliterator(), false).toList();
    }

    private FiledPlan filed() {
        return services.desk.file(Samples.dropDuplicate(Samples.NOON));
    }

    @Test
    void toolsAreListedWithTheirSchemaAndNothingElseIsStarted() throws IOException {
        var tools = json(0, "tools", "--json");

        assertThat(tools).hasSize(3);
        assertThat(keys(tools.get(0)))
                .containsExactly(
                        "name",
                        "agent",
                        "module",
                        "kind",
                        "schedule",
                        "requirement",
                        "input_schema");
        assertThat(tools.get(0).path("name").asText()).isEqualTo("monitor_system_health");
        assertThat(tools.get(0).path("kind").asText()).isEqualTo("read");
        assertThat(tools.get(0).at("/input_schema/properties/top/default").asInt()).isEqualTo(5000);
        assertThat(services.asked).isEmpty();
    }

    @Test
    void aModelAnswersACommandOnlyWhereItIsOnAskedForAndAgreedTo() throws IOException {
        assertThat(json(0, "ask", "why", "--json").path("verdict").asText())
                .isEqualTo("You said why");
        assertThat(services.asked)
                .as("what answers are made with loads while the server is opened")
                .containsExactly("prepare [why]", new TargetChoice.Local(null));
        assertThat(run("ask", "why", "--model")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("none is switched on");
        services.model.switchOn();
        assertThat(run("ask", "why", "--model")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("nobody has agreed", "https://models.example.com");
        assertThat(run("ask", "why", "--model", "--show-request")).isZero();
        assertThat(out.toString()).contains("why", "tables, the largest first");
        assertThat(services.model.desk().settings().consented()).isFalse();
        assertThat(run("ask", "why", "--model", "--agree")).isZero();
        assertThat(services.model.desk().settings().consented()).isTrue();
        assertThat(run("ask", "why", "--model")).isZero();
    }

    @Test
    void toolReportHasThePromisedShape() throws IOException {
        var report = json(0, "tool", "detect_duplicate_indexes", "--json");

        assertThat(keys(report))
                .startsWith("tool", "status", "source", "findings", "data", "plan", "duration_ms");
        assertThat(report.path("status").asText()).isEqualTo("ok");
        assertThat(report.path("source").asText()).isEqualTo("live");
        var finding = report.path("findings").get(0);
        assertThat(keys(finding))
                .contains(
                        "kind", "severity", "subject", "summary", "confidence", "ddl", "evidence");
        assertThat(finding.path("subject").toString())
                .isEqualTo(
                        "{\"type\":\"index\",\"schema\":\"shop\",\"table\":\"orders\","
                                + "\"name\":\"orders_status_idx\",\"database\":\"shop\"}");
        assertThat(finding.path("severity").asText()).isEqualTo("warning");
        assertThat(finding.path("confidence").asDouble()).isEqualTo(0.97);
        assertThat(finding.at("/evidence/0/query").asText()).isEqualTo("indexes/duplicate_indexes");
        assertThat(finding.at("/evidence/0/rows/0/index_name").asText())
                .isEqualTo("orders_status_idx");
        assertThat(report.at("/data/rows_seen").asInt()).isEqualTo(2);
        assertThat(report.at("/plan/statements/0").asText()).startsWith("DROP INDEX CONCURRENTLY");
        assertThat(report.at("/plan/risk/level").asText()).isEqualTo("medium");
        assertThat(report.at("/plan/state").asText()).isEqualTo("waiting");
        assertThat(report.path("duration_ms").isIntegralNumber()).isTrue();
        assertThat(report.path("caveats").get(0).asText()).contains("reset");
    }

    @Test
    void inputIsPassedOnAndPlanIsNullWhereThereIsNone() throws IOException {
        var report = json(0, "tool", "monitor_system_health", "--input", "{\"top\": 3}", "--json");
        assertThat(report.at("/data/note").asText()).isEqualTo("top 3");
        assertThat(report.get("plan").isNull()).isTrue();
    }

    @Test
    void failedRunIsExitCodeOneAndStillJson() throws IOException {
        var report = json(1, "tool", "monitor_system_health", "--input", "{\"top\":13}", "--json");
        assertThat(report.path("status").asText()).isEqualTo("failed");
        assertThat(report.path("source").asText()).isEqualTo("unavailable");
        assertThat(report.path("error").asText()).isEqualTo("Connect: refused — start the server");
        assertThat(report.get("data").isNull()).isTrue();
    }

    @Test
    void unavailableIsExitCodeThree() throws IOException {
        var report = json(3, "tool", "monitor_branch_count", "--json");
        assertThat(report.path("status").asText()).isEqualTo("unavailable");
    }

    @Test
    void badInputAndUnknownToolsAreExitCodeTwoAndTouchNoServer() throws IOException {
        var report = json(2, "tool", "monitor_system_health", "--input", "{\"tpo\":1}", "--json");
        assertThat(report.path("status").asText()).isEqualTo("failed");
        assertThat(report.path("error").asText()).contains("unknown field tpo");
        assertThat(err.toString()).contains("unknown field tpo");
        assertThat(run("tool", "monitor_system_health", "--input", "{")).isEqualTo(2);
        assertThat(err.toString()).contains("not JSON");
        assertThat(run("tool", "nope")).isEqualTo(2);
        assertThat(run("nope")).isEqualTo(2);
        assertThat(services.asked).isEmpty();
    }

    @Test
    void targetIsChosenByOptions() {
        run("tool", "monitor_system_health");
        run("tool", "monitor_system_health", "--profile", "prod", "--branch", "shop/staging");
        run("tool", "monitor_system_health", "--url", "jdbc:postgresql://h/d?password=x");
        assertThat(services.asked)
                .containsExactly(
                        new TargetChoice.Local(null),
                        new TargetChoice.Profile("prod", "shop/staging"),
                        new TargetChoice.Url("jdbc:postgresql://h/d?password=x"));
        assertThat(services.asked.toString()).doesNotContain("password");
        assertThat(run("tool", "monitor_system_health", "--url", "x", "--profile", "y"))
                .isEqualTo(2);
    }

    @Test
    void textForPeopleNamesFindingAndPlan() {
        assertThat(run("tool", "detect_duplicate_indexes")).isZero();
        assertThat(out.toString())
                .contains("detect_duplicate_indexes on shop/production: ok in")
                .contains("warning  shop.orders_status_idx  orders_status_idx repeats")
                .contains("medium risk  waiting  Drop index orders_status_idx")
                .contains("note: statistics were reset");
    }

    @Test
    void waitingPlansAreListedAndShown() throws IOException {
        assertThat(run("approvals", "list")).isZero();
        assertThat(out.toString()).contains("Nothing waits");
        var filed = filed();

        assertThat(json(0, "approvals", "list", "--json").get(0).path("id").asText())
                .isEqualTo(filed.id().toString());
        assertThat(run("approvals", "show", filed.id().toString().substring(0, 6))).isZero();
        assertThat(out.toString())
                .contains("DROP INDEX CONCURRENTLY \"shop\".\"orders_status_idx\"")
                .contains("CREATE INDEX CONCURRENTLY")
                .contains("blocks nobody")
                .contains(filed.fingerprint().hex());
        var shown = json(0, "approvals", "show", filed.id().toString(), "--json");
        assertThat(shown.at("/undo/0").asText()).startsWith("CREATE INDEX");
        assertThat(run("approvals", "show", "ffff-nope")).isEqualTo(2);
    }

    @Test
    void approvingWithoutSayingWhatWasReadRunsNothing() {
        var filed = filed();

        assertThat(run("approvals", "approve", filed.id().toString())).isEqualTo(2);
        assertThat(out.toString()).contains("DROP INDEX CONCURRENTLY");
        assertThat(err.toString()).contains("--fingerprint " + filed.fingerprint().brief());
        assertThat(services.desk.calls).isEmpty();
    }

    @Test
    void approvingByFingerprintRuns() throws IOException {
        var filed = filed();
        var done =
                json(
                        0,
                        "approvals",
                        "approve",
                        filed.id().toString(),
                        "--fingerprint",
                        filed.fingerprint().brief(),
                        "--name",
                        "orders_status_idx",
                        "--reason",
                        "duplicate",
                        "--json");
        assertThat(done.path("state").asText()).isEqualTo("done");
        assertThat(done.at("/verification/result").asText()).isEqualTo("confirmed");
        assertThat(services.desk.calls)
                .containsExactly("approve orders_status_idx duplicate by ada");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000",
                "0000000000000000000000000000000000000000000000000000000000000000"
            })
    void anotherFingerprintIsRefused(String other) {
        var filed = filed();
        assertThat(run("approvals", "approve", filed.id().toString(), "--fingerprint", other))
                .isEqualTo(1);
        assertThat(services.desk.waiting()).hasSize(1);
    }

    @Test
    void rejectAndUndoNeedAReason() {
        var filed = filed();
        var id = filed.id().toString();
        assertThat(run("approvals", "reject", id)).isEqualTo(2);
        assertThat(run("approvals", "undo", id)).isEqualTo(1);
        assertThat(err.toString()).contains("it was not done");
        assertThat(run("approvals", "approve", id, "--fingerprint", filed.fingerprint().brief()))
                .isZero();
        assertThat(out.toString())
                .contains("done: Drop index")
                .contains("orders_status_idx is gone");
        assertThat(run("approvals", "undo", id)).isZero();
        assertThat(out.toString())
                .contains("Undo: Drop index", "Nothing was run yet. Approve it with: approvals");
        var other = filed().id().toString();
        assertThat(run("approvals", "reject", other, "--reason", "keep it")).isZero();
        assertThat(out.toString()).contains("rejected: Drop index");
    }

    @Test
    void brokenAuditChainIsExitCodeOne() throws IOException {
        assertThat(json(0, "audit", "verify", "--json").toString())
                .isEqualTo("{\"intact\":true,\"entries\":12,\"head\":\"abc\",\"notes\":[]}");
        services.chain = new ChainState.Broken(7, "hash differs");
        assertThat(json(1, "audit", "verify", "--json").path("seq").asInt()).isEqualTo(7);
        assertThat(run("audit", "verify")).isEqualTo(1);
        assertThat(out.toString()).contains("Broken at entry 7: hash differs");
    }

    @Test
    void jobsAreListedAndRun() throws IOException {
        var jobs = json(0, "jobs", "list", "--json");
        assertThat(jobs.get(0).path("name").asText()).isEqualTo("metric-collector");
        assertThat(jobs.get(0).get("last").isNull()).isTrue();
        assertThat(jobs.get(0).path("next").asText()).isNotEmpty();

        var run = json(0, "jobs", "run", "metric-collector", "--json");
        assertThat(run.path("state").asText()).isEqualTo("ok");
        assertThat(run.at("/log/0").asText())
                .startsWith("shop/production monitor_system_health: ok in");
        assertThat(json(0, "jobs", "run", "--all", "--json")).hasSize(2);
        assertThat(json(0, "jobs", "list", "--json").at("/0/last/state").asText()).isEqualTo("ok");
        assertThat(run("jobs", "run")).isEqualTo(2);
        assertThat(run("jobs", "run", "nope")).isEqualTo(2);
        assertThat(run("jobs", "list")).isZero();
    }

    @Test
    void aJobWithNoServerToRunOnIsNotCalledGood() {
        services.reachable = List.of();
        assertThat(run("jobs", "run", "metric-collector")).isEqualTo(3);
        assertThat(err.toString()).contains("no server to run them on").contains("local up");
        assertThat(run("jobs", "list")).isZero();
    }

    @Test
    void localAndDemoAreHandedOver() {
        assertThat(
                        run(
                                "local",
                                "up",
                                "--dir",
                                "d",
                                "--port",
                                "4711",
                                "--size",
                                "medium",
                                "--no-workload",
                                "--stable",
                                "--token-ttl",
                                "5s"))
                .isZero();
        assertThat(out.toString()).startsWith("{\"host\"");
        assertThat(run("local", "up")).isZero();
        assertThat(run("demo", "--json", "r.json", "--shots", "s")).isEqualTo(7);
        assertThat(run("local", "up", "--token-ttl", "soon")).isEqualTo(2);
        assertThat(services.asked)
                .containsExactly(
                        new LocalUp.Options(
                                Path.of("d"),
                                4711,
                                LocalUp.Size.MEDIUM,
                                false,
                                true,
                                Duration.ofSeconds(5)),
                        new LocalUp.Options(null, 0, LocalUp.Size.SMALL, true, false, null),
                        new Demo.Options(Path.of("r.json"), Path.of("s")));
    }

    @Test
    void channelsAreListedWithoutTheirSecretsAndTested() throws IOException {
        assertThat(run("notify", "list")).isZero();
        assertThat(out.toString()).contains("No channel is configured.");
        assertThat(err.toString()).contains("notifications.yaml, channel 3");

        services.configured =
                new NotificationConfig(
                        List.of(
                                new NotificationChannel.SlackWebhook("dba", "slack-dba"),
                                new NotificationChannel.Desktop("screen")),
                        Map.of(Severity.CRITICAL, List.of("dba")),
                        null,
                        null);
        services.secrets = Map.of("slack-dba", "http://127.0.0.1:1/services/GEHEIM");
        var list = json(0, "notify", "list", "--json");
        assertThat(list.get(0).path("kind").asText()).isEqualTo("slack-webhook");
        assertThat(list.get(0).path("told").get(0).asText()).isEqualTo("critical");
        assertThat(list.get(0).path("missing").isNull()).isTrue();
        assertThat(list.toString()).doesNotContain("GEHEIM");
        assertThat(run("notify", "test", "--channel", "dba")).isEqualTo(1);
        assertThat(err.toString())
                .contains("dba: not sent: 127.0.0.1 cannot be reached")
                .doesNotContain("GEHEIM");
        assertThat(run("notify", "test", "--channel", "screen")).isEqualTo(1);
        assertThat(run("notify", "test", "--channel", "nobody")).isEqualTo(2);
        services.secrets = Map.of();
        assertThat(json(0, "notify", "list", "--json").get(0).path("missing").asText())
                .contains("LAKEBASEOPS_SECRET_SLACK_DBA");
    }

    @Test
    void helpAndUsageErrorsAreOnTheRightStream() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("approvals");
        assertThat(run("tool")).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(run()).isEqualTo(2);
    }

    @Test
    void aReportNeedsAPlaceAndSaysWhereItWent() {
        assertThat(run("report", "--screen", "queries")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--html FILE, --pdf FILE, or both");

        assertThat(run("report", "--html", "a.html", "--screen", "queries", "--profile", "p"))
                .isZero();
        assertThat(services.asked)
                .contains(new Reports.Options("queries", java.nio.file.Path.of("a.html"), null));
        assertThat(out.toString()).isEqualToIgnoringNewLines("Written: a.html\n");
    }
}
