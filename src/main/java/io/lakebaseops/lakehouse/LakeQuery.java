package io.lakebaseops.lakehouse;

import io.lakebaseops.domain.OpsException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A query over the history. One file of `sql/`, with `{table}` for a Delta table and `:name` for a
/// value; both mean the same on DuckDB and on a SQL warehouse.
///
/// @param name the file's path below `sql/` without ending, for instance `lakehouse/metric_series`
///
/// @param named placeholders that stand for a table chosen at run time, see `at`
public record LakeQuery(String name, String sql, Map<String, TableName> named) {
    private static final Pattern TABLE = Pattern.compile("\\{([a-zA-Z0-9_.]+)}");

    // Literals and casts are matched first so that a colon inside them is left alone.
    private static final Pattern VALUE =
            Pattern.compile("'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|::|:([a-zA-Z_][a-zA-Z0-9_]*)");

    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*--.*(?:\\R|$)");

    public LakeQuery {
        named = Map.copyOf(named);
    }

    public LakeQuery(String name, String sql) {
        this(name, sql, Map.of());
    }

    /// The same query with `{placeholder}` standing for this table, whatever its name holds.
    public LakeQuery at(String placeholder, TableName table) {
        var all = new HashMap<>(named);
        all.put(placeholder, table);
        return new LakeQuery(name, sql, all);
    }

    /// Reads `sql/NAME.sql` from the class path; its comment lines are left out.
    public static LakeQuery load(String name) {
        try (var in = LakeQuery.class.getResourceAsStream("/sql/" + name + ".sql")) {
            if (in == null) {
                throw unreadable(name, "there is no such file on the class path", null);
            }
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new LakeQuery(name, COMMENT.matcher(text).replaceAll("").strip());
        } catch (IOException e) {
            throw unreadable(name, String.valueOf(e.getMessage()), e);
        }
    }

    /// The tables it reads, each once, in the order of their names.
    public List<TableName> tables() {
        var names = new TreeSet<String>();
        TABLE.matcher(sql).results().forEach(m -> names.add(m.group(1)));
        return names.stream().map(this::table).toList();
    }

    /// The statement for an engine with positional parameters.
    public Bound bind(
            Map<String, ? extends @Nullable Object> values, Function<TableName, String> relation) {
        var withTables =
                TABLE.matcher(sql)
                        .replaceAll(
                                m -> Matcher.quoteReplacement(relation.apply(table(m.group(1)))));
        var ordered = new ArrayList<@Nullable Object>();
        var positional =
                VALUE.matcher(withTables)
                        .replaceAll(
                                m -> {
                                    var parameter = m.group(1);
                                    if (parameter == null) {
                                        return Matcher.quoteReplacement(m.group());
                                    }
                                    if (!values.containsKey(parameter)) {
                                        throw new IllegalArgumentException(
                                                name + " needs a value for :" + parameter);
                                    }
                                    ordered.add(values.get(parameter));
                                    return "?";
                                });
        return new Bound(positional, ordered);
    }

    private TableName table(String placeholder) {
        var table = named.get(placeholder);
        return table == null ? TableName.parse(placeholder) : table;
    }

    private static OpsException unreadable(String name, String why, @Nullable Throwable cause) {
        return new OpsException(
                OpsException.Kind.NOT_FOUND,
                "Reading the query " + name,
                why,
                "check the installation: the file belongs below sql/",
                cause);
    }

    /// A statement with `?` and the values in their order.
    public record Bound(String sql, List<@Nullable Object> values) {}
}
