package io.lakebaseops.agents.health.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.lakebase.UnityCatalog;
import io.lakebaseops.lakebase.UnityCatalog.WarehouseQuery;
import io.lakebaseops.lakehouse.LakeQuery;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Reads a project's bill from the account's billing tables through a SQL warehouse.
final class BillReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Half a year of a busy project; a bill cut off would be a wrong bill.
    private static final int MOST_ROWS = 500_000;

    private static final int MOST_PRICES = 10_000;

    private final UnityCatalog unity;
    private final List<String> caveats = new ArrayList<>();

    BillReader(UnityCatalog unity) {
        this.unity = unity;
    }

    /// @param project uid
    /// @param from first day
    /// @throws OpsException DENIED, NOT_FOUND or UNSUPPORTED when the tables cannot be read
    Bill read(String project, LocalDate from, Deadline deadline) {
        var since = Map.of("from", from.toString());
        var list = ask("billing/list_prices", since, MOST_PRICES, deadline);
        var prices = PriceBook.of(negotiated(since, deadline), list);
        var usage =
                ask(
                        "billing/usage",
                        Map.of("from", from.toString(), "project", project),
                        MOST_ROWS,
                        deadline);
        if (usage.size() >= MOST_ROWS) {
            throw new OpsException(
                    OpsException.Kind.UNSUPPORTED,
                    "Reading the bill",
                    "there are more than %d rows of usage".formatted(MOST_ROWS),
                    "give fewer days");
        }
        var lines = new ArrayList<BillLine>();
        var nameless = new ArrayList<BillLine>();
        Instant watermark = null;
        for (var row : usage.list()) {
            var line = line(row, prices);
            (row.get("project_uid") == null && line.product().equals("LAKEBASE") ? nameless : lines)
                    .add(line);
            if (watermark == null || line.until().isAfter(watermark)) {
                watermark = line.until();
            }
        }
        if (!nameless.isEmpty()) {
            caveats.add(
                    "usage of %s names no project and is in nobody's bill here"
                            .formatted(Bill.sum(nameless).stripTrailingZeros().toPlainString()));
        }
        return new Bill(lines, watermark, nameless, caveats);
    }

    /// A private preview of the platform: mostly absent, and then list prices are all there is.
    private Rows negotiated(Map<String, String> since, Deadline deadline) {
        try {
            return ask("billing/account_prices", since, MOST_PRICES, deadline);
        } catch (OpsException e) {
            if (e.kind() == OpsException.Kind.CANCELLED || e.kind() == OpsException.Kind.TIMEOUT) {
                throw e;
            }
            caveats.add(
                    "list prices: negotiated ones (system.billing.account_prices) cannot be read");
            return Rows.EMPTY;
        }
    }

    private Rows ask(String name, Map<String, String> values, int most, Deadline deadline) {
        var sql = LakeQuery.load(name).sql();
        return unity.ask(new WarehouseQuery(name, sql, values, most), deadline);
    }

    private static BillLine line(Map<String, @Nullable Object> row, PriceBook prices) {
        var sku = text(row, "sku_name");
        var unit = text(row, "usage_unit");
        var until = Instant.parse(text(row, "usage_end_time"));
        var storage = json(row.get("features")).at("/lakebase/storage_type");
        var tag = json(row.get("tags")).path("simulated");
        return new BillLine(
                LocalDate.parse(text(row, "usage_date")),
                until,
                text(row, "billing_origin_product"),
                sku,
                unit,
                text(row, "usage_type"),
                storage.isTextual() ? storage.asText() : null,
                nullable(row.get("branch_uid")),
                nullable(row.get("endpoint_uid")),
                new BigDecimal(text(row, "quantity")),
                prices.at(sku, text(row, "cloud"), unit, until).orElse(null),
                tag.asText().equals("true"),
                Long.parseLong(text(row, "corrected")));
    }

    private static String text(Map<String, @Nullable Object> row, String column) {
        return Objects.requireNonNullElse(row.get(column), "").toString();
    }

    private static @Nullable String nullable(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static JsonNode json(@Nullable Object text) {
        try {
            return text == null ? MissingNode.getInstance() : JSON.readTree(text.toString());
        } catch (JsonProcessingException e) {
            throw new OpsException(
                    OpsException.Kind.INTERNAL,
                    "Reading the bill",
                    "a column of usage is no JSON: " + e.getOriginalMessage(),
                    "",
                    e);
        }
    }
}
