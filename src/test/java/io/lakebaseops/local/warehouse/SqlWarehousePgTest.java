package io.lakebaseops.local.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.databricks.sdk.core.error.platform.InvalidParameterValue;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.service.sql.CancelExecutionRequest;
import com.databricks.sdk.service.sql.Disposition;
import com.databricks.sdk.service.sql.EndpointInfo;
import com.databricks.sdk.service.sql.ExecuteStatementRequest;
import com.databricks.sdk.service.sql.ExternalLink;
import com.databricks.sdk.service.sql.Format;
import com.databricks.sdk.service.sql.ListWarehousesRequest;
import com.databricks.sdk.service.sql.State;
import com.databricks.sdk.service.sql.StatementParameterListItem;
import com.databricks.sdk.service.sql.StatementResponse;
import com.databricks.sdk.service.sql.StatementState;
import com.databricks.sdk.service.sql.StopRequest;

import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.local.api.SdkFixture;
import io.lakebaseops.local.api.UnityRig;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The SQL warehouse of Local Lakebase as a client of the SDK meets it.
final class SqlWarehousePgTest {
    @TempDir static Path dir;
    private static SdkFixture sdk;
    private static String warehouse;

    @BeforeAll
    static void start() {
        sdk = new SdkFixture(dir.resolve("local"), o -> o.withLake(dir.resolve("lake")));
        warehouse = warehouses().getFirst().getId();
    }

    @AfterAll
    static void stop() {
        sdk.close();
    }

    private static List<EndpointInfo> warehouses() {
        var all = new ArrayList<EndpointInfo>();
        sdk.client().warehouses().list(new ListWarehousesRequest()).forEach(all::add);
        return all;
    }

    private static ExecuteStatementRequest request(String sql) {
        return new ExecuteStatementRequest()
                .setWarehouseId(warehouse)
                .setStatement(sql)
                .setWaitTimeout("50s");
    }

    private static StatementResponse run(ExecuteStatementRequest request) {
        return sdk.client().statementExecution().executeStatement(request);
    }

    private static List<List<String>> rows(String sql) {
        var answer = run(request(sql));
        assertThat(answer.getStatus().getState())
                .as(() -> String.valueOf(answer.getStatus().getError()))
                .isEqualTo(StatementState.SUCCEEDED);
        return lists(answer.getResult().getDataArray());
    }

    private static List<List<String>> lists(Collection<Collection<String>> data) {
        return data == null ? List.of() : data.stream().<List<String>>map(ArrayList::new).toList();
    }

    private static String failure(String sql) {
        var answer = run(request(sql));
        assertThat(answer.getStatus().getState()).isEqualTo(StatementState.FAILED);
        return answer.getStatus().getError().getMessage();
    }

    @Test
    void theOneWarehouseCanBeStoppedAndAStatementStartsIt() {
        assertThat(warehouses()).hasSize(1);
        var all = sdk.client().warehouses();
        all.stop(new StopRequest().setId(warehouse));
        assertThat(all.get(warehouse).getState()).isEqualTo(State.STOPPED);
        assertThat(rows("SELECT 1")).containsExactly(List.of("1"));
        assertThat(all.get(warehouse).getState()).isEqualTo(State.RUNNING);
        assertThatThrownBy(() -> all.get("ffff")).isInstanceOf(NotFound.class);
    }

    @Test
    void parametersAreBoundByNameAndType() {
        var answer =
                run(
                        request(
                                        "SELECT :text AS t, :day + 1 AS d, :n * 2 AS n, ':text' AS q,"
                                                + " `x y`, \"double\" AS s, :none AS nothing FROM"
                                                + " (SELECT :text AS `x y`)")
                                .setParameters(
                                        List.of(
                                                parameter("text", "a'b", null),
                                                parameter("day", "2026-11-30", "DATE"),
                                                parameter("n", "1.25", "DECIMAL(10,2)"),
                                                parameter("none", null, "INT"))));
        assertThat(lists(answer.getResult().getDataArray()).getFirst())
                .containsExactly("a'b", "2026-12-01", "2.50", ":text", "a'b", "double", null);
        assertThat(answer.getManifest().getSchema().getColumns())
                .extracting("name", "typeText")
                .contains(org.assertj.core.groups.Tuple.tuple("d", "DATE"));
        assertThat(failure("SELECT :missing")).contains("[UNBOUND_SQL_PARAMETER]", "missing");
    }

    private static StatementParameterListItem parameter(String name, String value, String type) {
        return new StatementParameterListItem().setName(name).setValue(value).setType(type);
    }

    @Test
    void aLongResultComesInChunks() {
        var answer = run(request("SELECT i FROM range(25000) t(i) ORDER BY i"));
        var manifest = answer.getManifest();
        assertThat(manifest.getTotalChunkCount()).isEqualTo(3L);
        assertThat(manifest.getTotalRowCount()).isEqualTo(25_000L);
        var all = new ArrayList<>(lists(answer.getResult().getDataArray()));
        var next = answer.getResult().getNextChunkIndex();
        while (next != null) {
            var data =
                    sdk.client()
                            .statementExecution()
                            .getStatementResultChunkN(answer.getStatementId(), next);
            assertThat(data.getRowOffset()).isEqualTo((long) all.size());
            all.addAll(lists(data.getDataArray()));
            next = data.getNextChunkIndex();
        }
        assertThat(all).hasSize(25_000);
        assertThat(all.getLast()).containsExactly("24999");
        var limited = run(request("SELECT i FROM range(100) t(i)").setRowLimit(7L));
        assertThat(limited.getManifest().getTruncated()).isTrue();
        assertThat(limited.getResult().getDataArray()).hasSize(7);
    }

    @Test
    void externalLinksAreFetchedWithoutTheToken() throws Exception {
        var wanted = request("SELECT i, 'a,b' AS t FROM range(12000) t(i) ORDER BY i");
        var answer = run(wanted.setDisposition(Disposition.EXTERNAL_LINKS).setFormat(Format.CSV));
        var first = answer.getResult().getExternalLinks().iterator().next();
        assertThat(Instant.parse(first.getExpiration())).isAfter(Instant.now());
        var text = fetch(first, null);
        assertThat(text.statusCode()).isEqualTo(200);
        assertThat(text.body()).startsWith("i,t\r\n0,\"a,b\"\r\n");
        assertThat(fetch(first, sdk.lakebase().token()).statusCode()).isEqualTo(400);
        var second =
                sdk.client()
                        .statementExecution()
                        .getStatementResultChunkN(
                                answer.getStatementId(), first.getNextChunkIndex())
                        .getExternalLinks()
                        .iterator()
                        .next();
        assertThat(fetch(second, null).body()).startsWith("10000,").endsWith("11999,\"a,b\"\r\n");
        sdk.clock().advance(Duration.ofMinutes(16));
        assertThat(fetch(first, null).statusCode()).isEqualTo(403);
    }

    private static HttpResponse<String> fetch(ExternalLink link, String token)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(link.getExternalLink()));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }

    @Test
    void aStatementIsPolledAndCanBeCancelled() {
        var api = sdk.client().statementExecution();
        var answer = run(request("SELECT 42").setWaitTimeout("0s"));
        assertThat(answer.getStatus().getState()).isEqualTo(StatementState.PENDING);
        var id = answer.getStatementId();
        var end =
                await().atMost(Duration.ofSeconds(60))
                        .until(
                                () -> api.getStatement(id),
                                r -> r.getStatus().getState() == StatementState.SUCCEEDED);
        assertThat(lists(end.getResult().getDataArray())).containsExactly(List.of("42"));

        var endless =
                run(
                        request(
                                        "SELECT count(*) FROM range(100000000) a, range(100000000) b"
                                                + " WHERE a.range % 7 = b.range % 5")
                                .setWaitTimeout("0s"));
        api.cancelExecution(new CancelExecutionRequest().setStatementId(endless.getStatementId()));
        assertThat(api.getStatement(endless.getStatementId()).getStatus().getState())
                .isEqualTo(StatementState.CANCELED);
        assertThatThrownBy(() -> api.getStatementResultChunkN(endless.getStatementId(), 0L))
                .isInstanceOf(NotFound.class);
        // The engine is free again for who comes next.
        assertThat(rows("SELECT 1")).hasSize(1);
    }

    @Test
    void anExpiredResultIsClosed() {
        var answer = run(request("SELECT 1"));
        sdk.clock().advance(Duration.ofMinutes(61));
        var api = sdk.client().statementExecution();
        assertThat(api.getStatement(answer.getStatementId()).getStatus().getState())
                .isEqualTo(StatementState.CLOSED);
        assertThatThrownBy(() -> api.getStatement("none")).isInstanceOf(NotFound.class);
    }

    @Test
    void failuresAreToldAsTheServiceTellsThem() {
        assertThat(failure("SELECT * FROM system.billing.nothing"))
                .contains("[TABLE_OR_VIEW_NOT_FOUND]", "42P01");
        assertThat(failure("SELECT * FROM system.access.audit"))
                .contains("[TABLE_OR_VIEW_NOT_FOUND]");
        assertThat(failure("SELECT nope FROM system.billing.usage"))
                .contains("[UNRESOLVED_COLUMN", "nope");
        assertThat(failure("SELECT 1 FROM WHERE")).contains("[PARSE_SYNTAX_ERROR]", "42601");
        assertThat(failure("SELECT 1; SELECT 2")).contains("[PARSE_SYNTAX_ERROR]");
        assertThat(failure("SELECT CAST('x' AS INT)")).contains("[CAST_INVALID_INPUT]");
        assertThatThrownBy(() -> run(request("SELECT 1").setWaitTimeout("3s")))
                .isInstanceOf(InvalidParameterValue.class)
                .hasMessageContaining("between 5s and 50s");
        assertThatThrownBy(() -> run(request("SELECT 1").setFormat(Format.CSV)))
                .isInstanceOf(InvalidParameterValue.class);
        assertThatThrownBy(() -> run(request("SELECT 1").setWarehouseId("none")))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void itReadsNoFilesAndChangesNothing() {
        assertThat(failure("SELECT * FROM read_csv('/etc/passwd')")).contains("[INSUFFICIENT_");
        assertThat(failure("CREATE TABLE t (a INT)")).contains("answers queries only");
        assertThat(failure("COPY (SELECT 1) TO '/tmp/x'")).contains("answers queries only");
        assertThat(failure("SET enable_external_access = true")).contains("answers queries only");
        assertThat(sdk.call("POST", "/api/2.0/sql/statements", "{}", "").statusCode())
                .isEqualTo(401);
    }

    @Test
    void deltaTablesAreSeenAsTheyAreNow() {
        try (var lake = LocalLakehouse.open(dir.resolve("lake"), Clock.systemUTC())) {
            lake.ensureTables(List.of(OpsTables.JOB_RUNS));
            var table = "ops_catalog.lakebase_ops.job_runs";
            assertThat(rows("SELECT * FROM " + table)).isEmpty();
            lake.append(OpsTables.JOB_RUNS.name(), List.of(jobRun("one")));
            assertThat(rows("SELECT job_name, branch_id, date FROM " + table))
                    .containsExactly(List.of("one", "production", "2026-11-26"));
            for (int i = 0; i < 12; i++) {
                lake.append(OpsTables.JOB_RUNS.name(), List.of(jobRun("more")));
            }
            assertThat(rows("SELECT count(*) FROM " + table + " WHERE date = DATE '2026-11-26'"))
                    .containsExactly(List.of("13"));
        }
    }

    private static Map<String, Object> jobRun(String name) {
        var row = new LinkedHashMap<String, Object>();
        row.put("project_id", "shop");
        row.put("branch_id", "production");
        row.put("recorded_at", Instant.parse("2026-11-26T10:00:00Z"));
        row.put("run_id", "r");
        row.put("source", "live");
        row.put("job_name", name);
        row.put("status", "succeeded");
        return row;
    }

    @Test
    void awakeSecondsBecomeUsageAtTheEndOfTheHour() {
        var project = sdk.project("metered");
        var uid = sdk.postgres().getProject(project).getUid();
        var endpoint = project + "/branches/production/endpoints/primary";
        var hour = sdk.clock().instant().truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
        sdk.clock().advance(Duration.between(sdk.clock().instant(), hour.plusSeconds(600)));
        sdk.disable(endpoint, true);
        var off = sdk.clock().instant();
        assertThat(computeUsage(uid, hour)).isEmpty();
        sdk.clock().advance(Duration.ofHours(2));
        var used = computeUsage(uid, hour);
        assertThat(used).hasSize(1);
        var quantity = new BigDecimal(used.getFirst().getFirst());
        // Ten minutes of one CU, to the seconds that stopping took.
        var least =
                new BigDecimal(600)
                        .divide(new BigDecimal(3600), 18, java.math.RoundingMode.HALF_UP);
        var most =
                BigDecimal.valueOf(Duration.between(hour, off).toSeconds() + 2)
                        .divide(new BigDecimal(3600), 18, java.math.RoundingMode.HALF_UP);
        assertThat(quantity).isBetween(least, most);
        assertThat(computeUsage(uid, hour.plus(1, ChronoUnit.HOURS))).isEmpty();
        var storage =
                rows(
                        "SELECT usage_unit, product_features.lakebase.storage_type FROM"
                                + " system.billing.usage WHERE usage_type = 'STORAGE_SPACE' AND"
                                + " usage_metadata.project_id = '"
                                + uid
                                + "'");
        assertThat(storage).contains(List.of("DSU", "BRANCH_DATA_STORAGE"));
        assertThat(
                        rows(
                                "SELECT CAST(pricing.effective_list.default AS STRING) FROM"
                                        + " system.billing.list_prices WHERE usage_unit = 'DBU' AND"
                                        + " price_end_time IS NULL"))
                .containsExactly(List.of("0.260000000000000000"));
    }

    private static List<List<String>> computeUsage(String project, Instant hour) {
        return rows(
                "SELECT usage_quantity, to_json(custom_tags) FROM system.billing.usage WHERE"
                        + " billing_origin_product = 'LAKEBASE' AND usage_type = 'COMPUTE_TIME' AND"
                        + " usage_metadata.project_id = '"
                        + project
                        + "' AND usage_start_time ="
                        + " TIMESTAMP '"
                        + hour
                        + "'");
    }

    @Test
    void whoIsNoAdministratorSeesNoBills(@TempDir Path other) {
        try (var own = new SdkFixture(other)) {
            var unity = new UnityRig(own);
            unity.accountGroup("admins");
            unity.handOverMetastore("admins");
            var answer =
                    own.client()
                            .statementExecution()
                            .executeStatement(request("SELECT 1 FROM system.billing.usage"));
            assertThat(answer.getStatus().getError().getMessage())
                    .contains("[INSUFFICIENT_PERMISSIONS]", "USE SCHEMA", "system.billing");
        }
    }
}
