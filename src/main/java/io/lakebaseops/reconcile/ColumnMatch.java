package io.lakebaseops.reconcile;

import io.lakebaseops.lakehouse.MirrorTable;
import io.lakebaseops.reconcile.TablePair.Kind;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Which columns of a pair can be compared, in which form, and why the others cannot: a type
/// without a certain form is named, not guessed.
///
/// @param notCompared sentences that name a column and the reason
record ColumnMatch(List<ComparedColumn> columns, List<String> notCompared) {
    private static final Set<String> WHOLE =
            Set.of("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "VARCHAR");
    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\(\\d+,(\\d+)\\)");

    ColumnMatch {
        columns = List.copyOf(columns);
        notCompared = List.copyOf(notCompared);
    }

    private record Choice(@Nullable CanonicalForm form, boolean array, String note) {
        static Choice of(CanonicalForm form) {
            return new Choice(form, false, "");
        }

        static Choice none(String why) {
            return new Choice(null, false, why);
        }
    }

    static ColumnMatch of(List<SourceColumn> source, MirrorTable mirror, Kind kind) {
        var columns = new ArrayList<ComparedColumn>();
        var left = new ArrayList<String>();
        for (var column : source) {
            var name = column.columnName();
            var copy = mirror.column(name);
            if (copy.isEmpty()) {
                left.add("column %s is not in Delta".formatted(name));
                continue;
            }
            var type = copy.get().type();
            var choice = choose(column, type);
            if (name.indexOf('{') >= 0 || name.indexOf('}') >= 0) {
                choice = Choice.none("its name holds a brace");
            }
            if (choice.form() == null) {
                left.add(
                        "column %s (%s, in Delta %s) is not compared: %s"
                                .formatted(name, column.typeName(), type, choice.note()));
            } else {
                columns.add(
                        new ComparedColumn(
                                name,
                                column.typeName(),
                                type,
                                choice.form(),
                                choice.array(),
                                column.generated(),
                                choice.note()));
            }
        }
        if (kind == Kind.MIRROR) {
            mirror.columns().stream()
                    .map(MirrorTable.Column::name)
                    .filter(n -> source.stream().noneMatch(c -> c.columnName().equals(n)))
                    .filter(n -> !n.startsWith("_"))
                    .forEach(n -> left.add("column %s is in Delta alone".formatted(n)));
        }
        return new ColumnMatch(columns, left);
    }

    List<String> notes() {
        return columns.stream()
                .filter(c -> !c.note().isEmpty())
                .map(c -> "column %s: %s".formatted(c.name(), c.note()))
                .toList();
    }

    private static Choice choose(SourceColumn c, String mirror) {
        if (c.category().equals("A") && c.elementName() != null) {
            return array(c, mirror);
        }
        return scalar(c.baseName(), c.typeKind(), c.builtIn(), mirror);
    }

    private static Choice array(SourceColumn c, String mirror) {
        if (mirror.equals("VARCHAR")) {
            return Choice.of(CanonicalForm.WRITTEN);
        }
        if (!mirror.endsWith("[]") || mirror.endsWith("[][]")) {
            return Choice.none("an array is kept as an array of one dimension or as a string");
        }
        var element =
                scalar(
                        String.valueOf(c.elementName()),
                        String.valueOf(c.elementKind()),
                        "pg_catalog".equals(c.elementSchema()),
                        mirror.substring(0, mirror.length() - 2));
        return new Choice(element.form(), true, element.note());
    }

    private static Choice scalar(String type, String kind, boolean builtIn, String mirror) {
        boolean string = mirror.equals("VARCHAR");
        return switch (kind) {
            case "e" -> string ? Choice.of(CanonicalForm.WRITTEN) : unlike(mirror);
            case "r", "m" -> string ? Choice.of(CanonicalForm.WRITTEN) : unlike(mirror);
            case "c" -> Choice.none("a composite type has no certain text; sync leaves it out");
            default ->
                    builtIn
                            ? base(type, mirror, string)
                            : Choice.none("the type of an extension; sync leaves it out");
        };
    }

    private static Choice base(String type, String mirror, boolean string) {
        return switch (type) {
            case "int2", "int4", "int8", "oid" ->
                    WHOLE.contains(mirror) || scale(mirror) == 0
                            ? Choice.of(CanonicalForm.WHOLE)
                            : unlike(mirror);
            case "bool" ->
                    mirror.equals("BOOLEAN") || string
                            ? Choice.of(CanonicalForm.TRUTH)
                            : unlike(mirror);
            case "text", "varchar", "name" ->
                    string ? Choice.of(CanonicalForm.TEXT) : unlike(mirror);
            case "bpchar" -> string ? Choice.of(CanonicalForm.PADDED) : unlike(mirror);
            case "numeric" -> numeric(mirror);
            case "float4", "float8" -> floating(type, mirror);
            case "timestamptz" -> moment(CanonicalForm.INSTANT, mirror, "TIMESTAMPTZ", "TIMESTAMP");
            case "timestamp" ->
                    moment(CanonicalForm.LOCAL_TIME, mirror, "TIMESTAMP", "TIMESTAMPTZ");
            case "date" -> mirror.equals("DATE") ? Choice.of(CanonicalForm.DAY) : unlike(mirror);
            case "uuid" -> string ? Choice.of(CanonicalForm.IDENTIFIER) : unlike(mirror);
            case "bytea" -> mirror.equals("BLOB") ? Choice.of(CanonicalForm.BYTES) : unlike(mirror);
            case "json", "jsonb" -> string ? Choice.of(CanonicalForm.JSON) : unlike(mirror);
            case "inet" -> string ? Choice.of(CanonicalForm.ADDRESS) : unlike(mirror);
            case "cidr", "macaddr", "macaddr8", "interval", "time", "bit", "varbit" ->
                    string ? Choice.of(CanonicalForm.WRITTEN) : unlike(mirror);
            case "money" ->
                    Choice.none("its text depends on lc_monetary; keep the amount as numeric");
            case "timetz" ->
                    Choice.none("a time of day with a zone has no one form; use timestamptz");
            default -> Choice.none("there is no certain text form for this type");
        };
    }

    private static Choice numeric(String mirror) {
        if (mirror.equals("VARCHAR")
                || mirror.equals("BIGINT")
                || mirror.equals("INTEGER")
                || scale(mirror) >= 0) {
            return Choice.of(CanonicalForm.NUMERIC);
        }
        return mirror.equals("DOUBLE")
                ? new Choice(
                        CanonicalForm.FLOAT,
                        false,
                        "numeric is double in Delta, so digits after the 15th are not compared")
                : unlike(mirror);
    }

    private static Choice floating(String type, String mirror) {
        if (mirror.equals("DOUBLE")) {
            return Choice.of(CanonicalForm.FLOAT);
        }
        return mirror.equals("FLOAT")
                ? new Choice(
                        CanonicalForm.FLOAT,
                        false,
                        type.equals("float4")
                                ? ""
                                : "double precision is float in Delta: it is rounded")
                : unlike(mirror);
    }

    private static Choice moment(CanonicalForm form, String mirror, String same, String other) {
        if (mirror.equals(same)) {
            return Choice.of(form);
        }
        return mirror.equals(other)
                ? new Choice(form, false, "the zone is kept on one side alone; it is read as UTC")
                : unlike(mirror);
    }

    private static int scale(String mirror) {
        var decimal = DECIMAL.matcher(mirror);
        return decimal.matches() ? Integer.parseInt(decimal.group(1)) : -1;
    }

    private static Choice unlike(String mirror) {
        return Choice.none("no certain form is common to it and " + mirror);
    }
}
