package io.lakebaseops.ask.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.ask.names.NameIndex;
import io.lakebaseops.ask.names.ServerName;

import org.apache.commons.text.similarity.LevenshteinDistance;
import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Holds the names in a model's arguments against those of the server: one that does not exist is
/// answered by the nearest that does.
final class NameCheck {
    /// Which kind of name stands under which argument.
    private static final Map<String, String> KINDS =
            Map.of("table", "table", "tables", "table", "index", "index");

    private static final int WRONG = 4;
    private static final int SHOWN = 3;

    private final NameIndex names;

    NameCheck(NameIndex names) {
        this.names = names;
    }

    /// What is wrong with the names in the arguments; null when nothing is.
    @Nullable String wrong(ObjectNode arguments) {
        for (var entry : arguments.properties()) {
            var kind = KINDS.get(entry.getKey());
            if (kind == null) {
                continue;
            }
            var value = entry.getValue();
            for (var one : value.isArray() ? value : List.<JsonNode>of(value)) {
                var wrong = one.isTextual() ? wrong(one.asText(), kind) : null;
                if (wrong != null) {
                    return wrong;
                }
            }
        }
        return null;
    }

    private @Nullable String wrong(String name, String kind) {
        var known = names.first(kind, 1);
        if (known.isEmpty() || names.exactly(name).stream().anyMatch(n -> n.kind().equals(kind))) {
            return null;
        }
        var plain = name.substring(name.lastIndexOf('.') + 1).replace("\"", "");
        var near =
                names.near(plain, WRONG).stream()
                        .filter(n -> n.kind().equals(kind))
                        .map(ServerName::display)
                        .distinct()
                        .limit(SHOWN)
                        .toList();
        var others =
                near.isEmpty()
                        ? names.first(kind, SHOWN).stream().map(ServerName::display).toList()
                        : near;
        return "there is no %s %s; %s: %s"
                .formatted(
                        kind,
                        name,
                        near.isEmpty() ? "there are" : "the nearest are",
                        String.join(", ", others));
    }

    boolean knows(String name) {
        return !names.exactly(name).isEmpty();
    }

    static List<String> nearest(String name, List<String> all) {
        var distance = new LevenshteinDistance();
        return all.stream()
                .sorted(Comparator.comparingInt(n -> distance.apply(name, n)))
                .limit(SHOWN)
                .toList();
    }
}
