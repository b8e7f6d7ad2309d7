package io.lakebaseops.trial;

import io.lakebaseops.postgres.RelationNames;
import io.lakebaseops.postgres.SqlLexer;
import io.lakebaseops.postgres.SqlLexer.Kind;
import io.lakebaseops.postgres.SqlLexer.Token;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Finds values for the `$1`, `$2` … of a normalised statement. Each is traced to the column it is
/// compared with; the column's values are sampled from the planner's statistics.
final class ParameterInference {
    private static final Set<String> COMPARISONS =
            Set.of("=", "<", ">", "LIKE", "ILIKE", "IN", "ANY", "BETWEEN", "~");

    /// A page as programs ask for it.
    private static final String LIMIT = "20";

    private final List<Token> tokens;

    /// Alias or name of a relation to its name.
    private final Map<String, String> relations = new HashMap<>();

    ParameterInference(String query) {
        tokens = SqlLexer.tokens(query).stream().filter(t -> !t.meaningless()).toList();
        for (var named : RelationNames.of(tokens)) {
            relations.put(named.name(), named.name());
            relations.put(named.alias(), named.name());
        }
    }

    Set<String> relationNames() {
        return Set.copyOf(relations.values());
    }

    /// What a marker is compared with.
    sealed interface Slot {
        record Column(@Nullable String relation, String column) implements Slot {}

        record Fixed(String value) implements Slot {}

        record Unknown(String near) implements Slot {}
    }

    /// By number of the marker.
    Map<Integer, Slot> slots() {
        var slots = new TreeMap<Integer, Slot>();
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (marker(i)) {
                int number = Integer.parseInt(tokens.get(i + 1).text());
                slots.merge(number, slot(i), (a, b) -> a instanceof Slot.Unknown ? b : a);
            }
        }
        return slots;
    }

    /// @param round another round takes other values
    /// @return one literal per marker, or empty with the reason in `why`
    static Optional<List<String>> values(
            Map<Integer, Slot> slots, ColumnSamples samples, int round, List<String> why) {
        var values = new ArrayList<String>();
        for (int n = 1; n <= slots.size(); n++) {
            var slot = slots.get(n);
            Optional<String> value =
                    switch (slot) {
                        case null -> Optional.empty();
                        case Slot.Fixed(var text) -> Optional.of(text);
                        case Slot.Column(var relation, var column) ->
                                samples.value(relation, column, round * 31 + n);
                        case Slot.Unknown _ -> Optional.empty();
                    };
            if (value.isEmpty()) {
                why.add("no value for $" + n + (slot == null ? "" : " of " + words(slot)));
                return Optional.empty();
            }
            values.add(value.get());
        }
        return Optional.of(values);
    }

    private static String words(Slot slot) {
        return switch (slot) {
            case Slot.Column(var relation, var column) ->
                    (relation == null ? "" : relation + ".") + column;
            case Slot.Fixed(var text) -> text;
            case Slot.Unknown(var near) -> "“" + near + "”";
        };
    }

    private Slot slot(int at) {
        if (is(at - 1, "LIMIT") || is(at - 1, "FIRST")) {
            return new Slot.Fixed(LIMIT);
        }
        if (is(at - 1, "OFFSET")) {
            return new Slot.Fixed("0");
        }
        int i = at - 1;
        while (i >= 0
                && (is(i, "(")
                        || is(i, ",")
                        || tokens.get(i).kind() == Kind.NUMBER
                        || is(i, "$")
                        || (is(i, "AND") && between(i)))) {
            i--;
        }
        if (i >= 0 && (is(i, "BETWEEN") || comparison(i))) {
            while (i >= 0 && (comparison(i) || is(i, "NOT"))) {
                i--;
            }
            return column(i).orElseGet(() -> unknown(at));
        }
        return mirrored(at).orElseGet(() -> unknown(at));
    }

    /// `$1 = column`.
    private Optional<Slot> mirrored(int at) {
        int i = at + 2;
        if (i < tokens.size() && comparison(i)) {
            while (i < tokens.size() && comparison(i)) {
                i++;
            }
            int last = i + 2 < tokens.size() && is(i + 1, ".") ? i + 2 : i;
            return column(last);
        }
        return Optional.empty();
    }

    /// The AND of a BETWEEN is the one right after its first marker.
    private boolean between(int and) {
        return and >= 3 && marker(and - 2) && is(and - 3, "BETWEEN");
    }

    private Optional<Slot> column(int at) {
        if (at < 0 || at >= tokens.size() || !name(at)) {
            return Optional.empty();
        }
        var column = ident(at);
        if (at >= 2 && is(at - 1, ".") && name(at - 2)) {
            var alias = ident(at - 2);
            return Optional.of(new Slot.Column(relations.getOrDefault(alias, alias), column));
        }
        return Optional.of(new Slot.Column(null, column));
    }

    private Slot unknown(int at) {
        var near = new StringBuilder();
        for (int i = Math.max(0, at - 4); i < Math.min(tokens.size(), at + 2); i++) {
            near.append(near.isEmpty() ? "" : " ").append(tokens.get(i).text());
        }
        return new Slot.Unknown(near.toString());
    }

    private boolean marker(int at) {
        return at >= 0
                && at + 1 < tokens.size()
                && is(at, "$")
                && tokens.get(at + 1).kind() == Kind.NUMBER
                && tokens.get(at + 1).text().chars().allMatch(Character::isDigit);
    }

    private boolean comparison(int at) {
        return at >= 0
                && at < tokens.size()
                && COMPARISONS.contains(tokens.get(at).text().toUpperCase(Locale.ROOT));
    }

    private boolean name(int at) {
        return at >= 0 && at < tokens.size() && tokens.get(at).identifies();
    }

    private String ident(int at) {
        return tokens.get(at).identifier();
    }

    private boolean is(int at, String word) {
        return at >= 0 && at < tokens.size() && tokens.get(at).is(word);
    }
}
