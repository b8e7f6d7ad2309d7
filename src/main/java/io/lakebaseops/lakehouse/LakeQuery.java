package io.lakebaseops.lakehouse;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.sqltext.Token;
import io.lakebaseops.sqltext.Token.Kind;
import io.lakebaseops.sqltext.Tokens;
import io.lakebaseops.sqltext.Tokens.Dialect;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/// A query over the history. One file of `sql/`, with `{table}` for a Delta table and `:name` for a
/// value; both mean the same on DuckDB and on a SQL warehouse. It is filled in token by token, so
/// braces and colons in a literal, in a quoted name or in what was filled in mean nothing.
///
/// @param name the file's path below `sql/` without ending, for instance `lakehouse/metric_series`
///
/// @param named placeholders that stand for a table chosen at run time, see `at`
public record LakeQuery(String name, String sql, Map<String, TableName> named) {
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

    /// The same query with pieces of SQL at the `{placeholders}` of these names: identifiers,
    /// literals, expressions, whole queries.
    public LakeQuery with(Map<String, String> pieces) {
        var places = placeholders();
        pieces.keySet().stream()
                .filter(place -> !places.contains(place))
                .forEach(
                        place -> {
                            throw new IllegalArgumentException(name + " has no {" + place + "}");
                        });
        return new LakeQuery(
                name,
                filled(
                        token ->
                                token.kind() == Kind.PLACEHOLDER
                                        ? pieces.getOrDefault(token.name(), token.text())
                                        : token.text()),
                named);
    }

    /// Reads `sql/NAME.sql` from the class path; its comments are left out.
    public static LakeQuery load(String name) {
        try (var in = LakeQuery.class.getResourceAsStream("/sql/" + name + ".sql")) {
            if (in == null) {
                throw unreadable(name, "there is no such file on the class path", null);
            }
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            var whole = new LakeQuery(name, text);
            var code = whole.filled(t -> t.kind() == Kind.COMMENT ? "" : t.text());
            return new LakeQuery(name, code.strip());
        } catch (IOException e) {
            throw unreadable(name, String.valueOf(e.getMessage()), e);
        }
    }

    /// The tables it reads, each once, in the order of their names.
    public List<TableName> tables() {
        return placeholders().stream().map(this::table).toList();
    }

    private TreeSet<String> placeholders() {
        var names = new TreeSet<String>();
        for (var token : Tokens.of(sql, Dialect.TEMPLATE)) {
            if (token.kind() == Kind.PLACEHOLDER) {
                names.add(token.name());
            }
        }
        return names;
    }

    /// The statement for an engine with positional parameters.
    public Bound bind(
            Map<String, ? extends @Nullable Object> values, Function<TableName, String> relation) {
        var ordered = new ArrayList<@Nullable Object>();
        var positional =
                filled(
                        token -> {
                            if (token.kind() == Kind.PLACEHOLDER) {
                                return relation.apply(table(token.name()));
                            }
                            if (token.kind() != Kind.MARKER) {
                                return token.text();
                            }
                            if (!values.containsKey(token.name())) {
                                throw new IllegalArgumentException(
                                        name + " needs a value for " + token.text());
                            }
                            ordered.add(values.get(token.name()));
                            return "?";
                        });
        return new Bound(positional, ordered);
    }

    private String filled(Function<Token, String> text) {
        var filled = new StringBuilder();
        Tokens.of(sql, Dialect.TEMPLATE).forEach(token -> filled.append(text.apply(token)));
        return filled.toString();
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
