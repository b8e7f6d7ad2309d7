package io.lakebaseops.schema;

import io.lakebaseops.domain.Ident;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// Names, values and options as DDL writes them.
final class DdlFormatter {
    private DdlFormatter() {}

    static String ident(String name) {
        return Ident.of(name).sql();
    }

    static String idents(Collection<String> names) {
        return names.stream().map(DdlFormatter::ident).collect(Collectors.joining(", "));
    }

    /// With `standard_conforming_strings` on, as every supported server has it.
    static String literal(@Nullable String value) {
        return value == null ? "NULL" : '\'' + value.replace("'", "''") + '\'';
    }

    static String role(String name) {
        return name.equals(Grant.EVERYONE) ? "PUBLIC" : ident(name);
    }

    /// `fillfactor=70` as `"fillfactor" = '70'`, the TOAST table's with their prefix.
    static String options(List<String> options) {
        return options.stream()
                .map(o -> optionName(o) + " = " + literal(o.substring(o.indexOf('=') + 1)))
                .collect(Collectors.joining(", "));
    }

    static String optionNames(List<String> options) {
        return options.stream().map(DdlFormatter::optionName).collect(Collectors.joining(", "));
    }

    private static String optionName(String option) {
        var name = option.substring(0, option.indexOf('='));
        return name.startsWith("toast.") ? "toast." + ident(name.substring(6)) : ident(name);
    }

    /// The object as `COMMENT ON`, `DROP` and `ALTER` name it.
    static String reference(SchemaObject object) {
        var id = object.id();
        var word = word(object);
        return switch (object) {
            case TableObject.Column c ->
                    word + " " + new Ident(List.of(c.schema(), c.table(), c.name())).sql();
            case TableObject.Index _ -> word + " " + id.sql();
            case TableObject on -> word + " " + ident(on.name()) + " ON " + on.relation().sql();
            case DdlTextObject d -> d.reference();
            case Relation _, UserType _, TopLevelObject _ -> word + " " + id.sql();
        };
    }

    static String word(SchemaObject object) {
        return switch (object) {
            case TopLevelObject.Namespace _ -> "SCHEMA";
            case TopLevelObject.Extension _ -> "EXTENSION";
            case TopLevelObject.Collation _ -> "COLLATION";
            case TopLevelObject.Routine _ -> "ROUTINE";
            case TopLevelObject.Statistics _ -> "STATISTICS";
            case TopLevelObject.Publication _ -> "PUBLICATION";
            case TopLevelObject.DefaultPrivilege _ -> "DEFAULT PRIVILEGES";
            case TopLevelObject.Database _ -> "DATABASE";
            case TopLevelObject.BuiltInRights r -> r.object();
            case DdlTextObject d -> d.kind().name().replace('_', ' ');
            case UserType.DomainType _ -> "DOMAIN";
            case UserType _ -> "TYPE";
            case Relation.Table t -> t.kind().equals("foreign") ? "FOREIGN TABLE" : "TABLE";
            case Relation.View v -> v.materialized() ? "MATERIALIZED VIEW" : "VIEW";
            case Relation.Sequence _ -> "SEQUENCE";
            case TableObject.Column _ -> "COLUMN";
            case TableObject.Constraint _ -> "CONSTRAINT";
            case TableObject.Index _ -> "INDEX";
            case TableObject.Trigger _ -> "TRIGGER";
            case TableObject.Rule _ -> "RULE";
            case TableObject.Policy _ -> "POLICY";
        };
    }
}
