package io.lakebaseops.console.branches;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.agents.provisioning.governance.DatabaseNames;
import io.lakebaseops.console.Texts;

import java.util.List;
import java.util.Map;

/// What the database and the project say about the inputs of a form: what can be chosen, and what
/// is not there. What its schema says the form knows itself.
///
/// @param branches of the project
record FieldChecks(DatabaseNames names, List<String> branches) {
    private static final String WORD = "[a-z][a-z0-9-]*";

    /// Values to choose from; empty where anything goes.
    List<String> offered(String field) {
        return switch (field) {
            case "schema" -> names.schemas();
            case "database" -> names.databases();
            case "staging_branch", "production_branch" -> branches;
            case "environment" -> List.of("production", "staging", "development");
            default -> List.of();
        };
    }

    /// Why a value does not do; empty when it does or nobody knows.
    ///
    /// @param values of all fields of the form, by name
    String problem(String tool, String field, String text, Map<String, String> values) {
        if (text.isBlank()) {
            return "";
        }
        boolean rls = tool.equals("configure_rls");
        return switch (field) {
            case "domain", "environment" ->
                    text.matches(WORD) ? "" : Texts.of("lower case letters, digits and hyphens");
            case "staging_branch", "production_branch" ->
                    branches.isEmpty() || branches.contains(text)
                            ? ""
                            : Texts.of("there is no branch %s", text);
            case "schema" -> rls ? missing("schema", text, names.schemas()) : "";
            case "database" -> missing("database", text, names.databases());
            case "tables" -> rls ? missingTables(text, values.getOrDefault("schema", "")) : "";
            case "max_cu" -> order(values.getOrDefault("min_cu", ""), text);
            default -> "";
        };
    }

    private String missing(String what, String name, List<String> known) {
        return !names.complete() || known.contains(name)
                ? ""
                : Texts.of("there is no %s %s", what, name);
    }

    private String missingTables(String text, String schema) {
        for (var table : text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
            if (names.complete() && !names.tables().contains(schema + "." + table)) {
                return Texts.of("there is no table %s in %s", table, schema);
            }
        }
        return "";
    }

    private static String order(String least, String most) {
        try {
            return Double.parseDouble(most) < Double.parseDouble(least)
                    ? Texts.of("must not be less than the least")
                    : "";
        } catch (NumberFormatException e) {
            // Not a number: the form says so itself.
            return "";
        }
    }

    /// Lines of `name = value` as the JSON the tool reads: tags an object, tenants a list.
    ///
    /// @throws IllegalArgumentException when a line is of another form
    static String pairs(String field, String text) {
        var list = JsonNodeFactory.instance.arrayNode();
        var object = JsonNodeFactory.instance.objectNode();
        for (var line : text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
            int at = line.indexOf('=');
            var name = at < 0 ? "" : line.substring(0, at).strip();
            var value = line.substring(at + 1).strip();
            if (name.isEmpty() || value.isEmpty()) {
                throw new IllegalArgumentException(Texts.of("write name = value, one a line"));
            }
            list.addObject().put("tenant", name).put("role", value);
            object.put(name, value);
        }
        return empty(list, object)
                ? ""
                : field.equals("tenants") ? list.toString() : object.toString();
    }

    private static boolean empty(ArrayNode list, ObjectNode object) {
        return list.isEmpty() && object.isEmpty();
    }
}
