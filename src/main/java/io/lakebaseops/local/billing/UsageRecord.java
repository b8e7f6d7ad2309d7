package io.lakebaseops.local.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.local.api.http.Json;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;

/// One row of `system.billing.usage`. The columns and values of the platform's table; what Local
/// Lakebase does not have (a budget policy, a job …) is null there.
///
/// @param kind `COMPUTE_TIME` or `STORAGE_SPACE`, the column `usage_type`
/// @param feature of Lakebase: column `product_features`
/// @param project `branch` and `endpoint`: uids; an endpoint is null for storage
/// @param tags of the project, and `simulated` for generated records
public record UsageRecord(
        String id,
        String recordType,
        String sku,
        String unit,
        BigDecimal quantity,
        String kind,
        Map<String, String> feature,
        Instant from,
        Instant until,
        Instant ingested,
        String project,
        @Nullable String branch,
        @Nullable String endpoint,
        Map<String, String> tags) {
    public static final String COMPUTE_SKU =
            "ENTERPRISE_DATABASE_SERVERLESS_COMPUTE_US_WEST_OREGON";
    public static final String STORAGE_SKU = "ENTERPRISE_DATABRICKS_STORAGE_US_WEST_OREGON";
    public static final String ORIGINAL = "ORIGINAL";

    /// Key of the tag that marks a generated record.
    public static final String SIMULATED = "simulated";

    private static final String ACCOUNT = "00000000-0000-4000-8000-000000000001";

    public UsageRecord {
        feature = Map.copyOf(feature);
        tags = Map.copyOf(tags);
    }

    /// The same thing metered in the same hour always has the same id.
    static String idOf(String what, Instant from) {
        return UUID.nameUUIDFromBytes((what + "|" + from).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /// Compute time of one hour.
    public static UsageRecord compute(
            String project, String branch, String endpoint, Instant hour, BigDecimal dbu) {
        return new UsageRecord(
                idOf(endpoint, hour),
                ORIGINAL,
                COMPUTE_SKU,
                "DBU",
                dbu,
                "COMPUTE_TIME",
                Map.of("compute_type", "COMPUTE_NODE_SERVERLESS"),
                hour,
                hour.plusSeconds(3600),
                hour.plusSeconds(3600),
                project,
                branch,
                endpoint,
                Map.of());
    }

    /// Space of a branch's data over a time.
    public static UsageRecord storage(
            String project,
            String branch,
            String storageType,
            Instant from,
            Instant until,
            BigDecimal dsu) {
        return new UsageRecord(
                idOf(branch + "|" + storageType, from),
                ORIGINAL,
                STORAGE_SKU,
                "DSU",
                dsu,
                "STORAGE_SPACE",
                Map.of("storage_type", storageType),
                from,
                until,
                until,
                project,
                branch,
                null,
                Map.of());
    }

    public UsageRecord tagged(Map<String, String> more) {
        return new UsageRecord(
                id,
                recordType,
                sku,
                unit,
                quantity,
                kind,
                feature,
                from,
                until,
                ingested,
                project,
                branch,
                endpoint,
                more);
    }

    /// Another record about the same usage, as the platform writes corrections: a retraction with
    /// the negative quantity, then a restatement with the right one.
    public UsageRecord corrected(String type, BigDecimal other, Instant at) {
        return new UsageRecord(
                idOf(id + type, at),
                type,
                sku,
                unit,
                other,
                kind,
                feature,
                from,
                until,
                at,
                project,
                branch,
                endpoint,
                tags);
    }

    public LocalDate day() {
        return from.atZone(ZoneOffset.UTC).toLocalDate();
    }

    /// One line of a file that DuckDB reads as the table.
    public String line() {
        ObjectNode row = Json.object();
        row.put("record_id", id).put("account_id", ACCOUNT).put("workspace_id", "1700000000000017");
        row.put("sku_name", sku).put("cloud", "AWS");
        row.put("usage_start_time", from.toString()).put("usage_end_time", until.toString());
        row.put("usage_date", day().toString()).put("usage_unit", unit);
        row.put("usage_quantity", quantity.toPlainString());
        ObjectNode metadata = row.putObject("usage_metadata");
        metadata.put("project_id", project).put("branch_id", branch).put("endpoint_id", endpoint);
        ObjectNode custom = row.putObject("custom_tags");
        tags.forEach(custom::put);
        row.put("record_type", recordType);
        row.put("ingestion_date", ingested.atZone(ZoneOffset.UTC).toLocalDate().toString());
        row.put("billing_origin_product", "LAKEBASE").put("usage_type", kind);
        ObjectNode lakebase = row.putObject("product_features").putObject("lakebase");
        feature.forEach(lakebase::put);
        return row.toString();
    }
}
