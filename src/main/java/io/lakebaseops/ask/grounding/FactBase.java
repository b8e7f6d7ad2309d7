package io.lakebaseops.ask.grounding;

import com.fasterxml.jackson.databind.JsonNode;

import io.lakebaseops.ask.grounding.Claim.Amount;
import io.lakebaseops.ask.grounding.Claim.Moment;
import io.lakebaseops.ask.grounding.FactRecord.Fact;
import io.lakebaseops.domain.MetricName;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Everything the results of a conversation say, taken apart: figures with their dimension,
/// moments, names, the lengths of lists, the sums of their columns, and how often a word occurs in
/// them.
final class FactBase {
    /// Under these keys stands what a record is about.
    private static final Set<String> NAMING =
            Set.of(
                    "name",
                    "table",
                    "index",
                    "object",
                    "relation",
                    "role",
                    "user",
                    "sequence",
                    "setting",
                    "extension",
                    "subject",
                    "queryid",
                    "query_id",
                    "statement_id",
                    "pid",
                    "table_name",
                    "index_name",
                    "object_name",
                    "role_name",
                    "metric",
                    "slot",
                    "subscription",
                    "job");

    /// And under these where that lies.
    private static final Set<String> PLACING =
            Set.of("schema", "database", "branch", "schema_name", "database_name", "project");

    /// Their sum says nothing.
    private static final Pattern NO_SUM =
            Pattern.compile("(?i)(.*_)?(?:id|pid|oid|queryid|line|version|port|year)");

    /// Sentences of ours, whose figures were measured. Other texts come out of databases, where
    /// anybody can write anything: of those only what is one figure as a whole counts.
    private static final Set<String> OURS =
            Set.of(
                    "summary",
                    "finding",
                    "message",
                    "verdict",
                    "reason",
                    "reasons",
                    "why",
                    "caveats",
                    "error",
                    "trouble",
                    "title",
                    "words",
                    "detail",
                    "details",
                    "explanation",
                    "hint",
                    "remedy",
                    "effect",
                    "expected",
                    "impact",
                    "evidence_for",
                    "evidence_against",
                    "ruled_out",
                    "for",
                    "against",
                    "ddl",
                    "check",
                    "verification",
                    "next",
                    "label");

    /// Written by users of the database.
    private static final Pattern THEIRS =
            Pattern.compile(
                    "(?i)(.*_)?(?:comment|comments|description|query|query_text|statement|statement_text"
                            + "|definition|source_text|application|application_name|client)");

    private static final Pattern ONE_FIGURE =
            Pattern.compile(
                    "(?i)[-+]?[\\d,.]+\\s?(?:"
                            + Unit.names()
                            + ")?(?:\\s(?:ago|behind|old))?|\\d{1,2} \\p{L}{3}(?: \\d{2}:\\d{2})?|[\\d:.TZ+ -]+(?:UTC)?");

    /// Too many different words are no kinds of something.
    private static final int KINDS = 20;

    private static final int LONGEST_TEXT = 2_000;

    /// `… 12 more are left out`
    private static final String LEFT_OUT = "more are left out";

    private final List<FactRecord> records = new ArrayList<>();
    private final Set<String> words = new HashSet<>();
    private final Set<String> names = new HashSet<>();

    /// Names with spaces or digits in them, which a sentence of ours may repeat.
    private final Set<String> oddNames = new HashSet<>();

    List<FactRecord> records() {
        return records;
    }

    /// @return false when no result has it
    boolean knows(String name) {
        var lower = name.toLowerCase(Locale.ROOT).replace("\"", "");
        return names.contains(lower) || words.contains(lower);
    }

    /// Names beside those in results: of the server, of tools, in the question.
    void name(String name) {
        names.add(name.toLowerCase(Locale.ROOT).replace("\"", ""));
    }

    void text(String text) {
        for (var word : text.split("[^\\p{L}\\p{N}_$]+")) {
            words.add(word.toLowerCase(Locale.ROOT));
        }
        for (var word : text.split("[^\\p{L}\\p{N}_$.-]+")) {
            words.add(word.toLowerCase(Locale.ROOT));
        }
    }

    void add(JsonNode result) {
        var root = record(null);
        if (result.isObject()) {
            object(result, root);
        } else {
            value("", result, root, Unit.ofKey(""));
        }
    }

    private FactRecord record(@Nullable FactRecord parent) {
        var record = new FactRecord(parent);
        records.add(record);
        return record;
    }

    private void object(JsonNode object, FactRecord into) {
        var unit = unitBeside(object);
        var columns = object.path("columns");
        for (var entry : object.properties()) {
            var key = entry.getKey();
            name(key);
            text(key);
            var ofKey = Unit.ofKey(key);
            if (key.equals("rows") && columns.isArray() && entry.getValue().isArray()) {
                table(columns, entry.getValue(), into);
            } else {
                value(key, entry.getValue(), into, ofKey == null ? unit : ofKey);
            }
        }
    }

    /// The unit that an object names for its values: `{"metric": "replication_lag", "value": 5}`.
    private static @Nullable Unit unitBeside(JsonNode object) {
        var unit = object.path("unit").asText("");
        var metric = object.path("metric").asText("");
        if (unit.isEmpty() && !metric.isEmpty()) {
            for (var known : MetricName.values()) {
                if (known.id().equals(metric)) {
                    unit = known.unit();
                }
            }
        }
        var named = Unit.named(unit);
        return named.isEmpty() ? null : named.getFirst();
    }

    private void table(JsonNode columns, JsonNode rows, FactRecord into) {
        var keys = new ArrayList<String>();
        columns.forEach(c -> keys.add(c.isObject() ? c.path("name").asText() : c.asText()));
        keys.forEach(this::text);
        var all = new ArrayList<FactRecord>();
        for (var row : rows) {
            var record = record(into);
            for (int i = 0; i < row.size() && i < keys.size(); i++) {
                var key = keys.get(i);
                value(key, row.get(i), record, Unit.ofKey(key));
                if (i == 0 && row.get(0).isTextual()) {
                    naming(row.get(0).asText(), record);
                }
            }
            all.add(record);
        }
        length(all.size(), into);
    }

    private void value(String key, JsonNode node, FactRecord into, @Nullable Unit unit) {
        if (node.isObject()) {
            var inner = record(into);
            object(node, inner);
            if (named(key)) {
                into.names.addAll(inner.names);
                into.places.addAll(inner.places);
            }
        } else if (node.isArray()) {
            list(node, into, unit, key);
        } else if (node.isNumber()) {
            number(node.decimalValue(), into, unit);
            if (named(key)) {
                naming(node.asText(), into);
            }
        } else if (node.isTextual()) {
            words(key, node.asText(), into, unit);
        } else if (node.isNull() || node.isBoolean() && !node.asBoolean()) {
            into.nothing = true;
        }
    }

    private static boolean named(String key) {
        return NAMING.contains(key.toLowerCase(Locale.ROOT));
    }

    private static void number(BigDecimal value, FactRecord into, @Nullable Unit unit) {
        into.nothing |= value.signum() == 0;
        if (unit == null) {
            into.facts.add(new Fact(Dimension.UNKNOWN, value));
        } else {
            into.facts.add(new Fact(unit.dimension(), value.multiply(unit.factor())));
        }
    }

    private void words(String key, String text, FactRecord into, @Nullable Unit unit) {
        var brief = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
        text(brief);
        into.nothing |= brief.isBlank() || brief.matches("(?i)none|no|off|never|nothing|0");
        if (named(key)) {
            naming(brief, into);
        } else if (PLACING.contains(key.toLowerCase(Locale.ROOT))) {
            into.places.add(brief.toLowerCase(Locale.ROOT));
            name(brief);
        }
        if (moment(brief, into) || duration(brief, into)) {
            return;
        }
        if (!THEIRS.matcher(key).matches() && brief.matches("-?\\d+(\\.\\d+)?")) {
            // An id, or a setting with its unit beside it.
            into.facts.add(new Fact(Dimension.UNKNOWN, new BigDecimal(brief)));
            if (unit != null) {
                number(new BigDecimal(brief), into, unit);
            }
            return;
        }
        var mined = mined(key, brief);
        for (var claim : ClaimReader.figures(mined)) {
            switch (claim) {
                case Amount amount ->
                        amount.meanings()
                                .forEach(m -> into.facts.add(new Fact(m.dimension(), m.value())));
                case Moment moment -> into.moments.add(moment);
                case Claim.Name _, Claim.Nothing _ -> {}
            }
        }
    }

    /// What of a text may be taken for measured.
    private String mined(String key, String text) {
        if (THEIRS.matcher(key).matches()) {
            return "";
        }
        if (!OURS.contains(key.toLowerCase(Locale.ROOT))) {
            return ONE_FIGURE.matcher(text).matches() ? text : "";
        }
        var mined = text;
        for (var name : oddNames) {
            mined = mined.replace(name, " ");
        }
        return mined;
    }

    private void naming(String name, FactRecord into) {
        if (name.matches(".*[\\s\\d].*")) {
            oddNames.add(name);
            oddNames.add(name.substring(name.indexOf('.') + 1));
        }
        var plain = name.replace("\"", "").toLowerCase(Locale.ROOT).strip();
        if (plain.isEmpty() || plain.contains(" ")) {
            return;
        }
        into.names.add(plain);
        into.names.add(plain.substring(plain.lastIndexOf('.') + 1));
        names.add(plain);
    }

    private static boolean moment(String text, FactRecord into) {
        if (!text.matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}.*")) {
            return false;
        }
        try {
            into.instants.add(
                    text.endsWith("Z")
                            ? Instant.parse(text)
                            : OffsetDateTime.parse(text).toInstant());
            return true;
        } catch (DateTimeException e) {
            return false; // it only began like one
        }
    }

    private static boolean duration(String text, FactRecord into) {
        if (!text.matches("-?P(\\d.*|T.*)")) {
            return false;
        }
        try {
            var seconds = BigDecimal.valueOf(Duration.parse(text).toNanos()).movePointLeft(9);
            into.facts.add(new Fact(Dimension.TIME, seconds));
            into.nothing |= seconds.signum() == 0;
            return true;
        } catch (DateTimeException | ArithmeticException e) {
            return false; // it only began like one
        }
    }

    private void list(JsonNode list, FactRecord into, @Nullable Unit unit, String key) {
        boolean whole = true;
        var sums = new TreeMap<String, BigDecimal>();
        Map<String, Map<String, Integer>> kinds = new HashMap<>();
        for (var one : list) {
            if (one.isTextual() && one.asText().endsWith(LEFT_OUT)) {
                whole = false;
                text(one.asText());
            } else if (one.isObject()) {
                object(one, record(into));
                count(one, sums, kinds);
            } else {
                value(key, one, into, unit);
            }
        }
        if (whole) {
            length(list.size(), into);
            sums.forEach((column, sum) -> number(sum, into, Unit.ofKey(column)));
            for (var kind : kinds.values()) {
                if (kind.size() <= KINDS) {
                    kind.values().forEach(n -> length(n, into));
                }
            }
        }
    }

    private static void length(int n, FactRecord into) {
        into.facts.add(new Fact(Dimension.COUNT, BigDecimal.valueOf(n)));
        into.nothing |= n == 0;
        into.longest = Math.max(into.longest, n);
    }

    private static void count(
            JsonNode one, Map<String, BigDecimal> sums, Map<String, Map<String, Integer>> kinds) {
        for (var entry : one.properties()) {
            var value = entry.getValue();
            var unit = Unit.ofKey(entry.getKey());
            boolean adds =
                    unit == null
                            ? value.isIntegralNumber()
                            : unit.dimension() == Dimension.TIME
                                    || unit.dimension() == Dimension.BYTES;
            if (value.isNumber() && adds && !NO_SUM.matcher(entry.getKey()).matches()) {
                sums.merge(entry.getKey(), value.decimalValue(), BigDecimal::add);
            } else if (value.isTextual() || value.isBoolean()) {
                kinds.computeIfAbsent(entry.getKey(), _ -> new HashMap<>())
                        .merge(value.asText(), 1, Integer::sum);
            }
        }
    }
}
