package io.lakebaseops.twin;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.schema.DatabaseSchema;
import io.lakebaseops.schema.Relation;
import io.lakebaseops.schema.Schema;
import io.lakebaseops.schema.TopLevelObject;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// All that the planner of a watched database goes by: its objects, their sizes, the statistics of
/// columns and the settings. Read in a handful of queries; the statistics hold values.
///
/// @param settings by name
/// @param login whose view it is
/// @param leftOut tables that were not taken along, because there are too many
record TwinImage(
        DatabaseSchema schema,
        List<RelationSize> relations,
        List<ColumnValues> columns,
        List<ExtendedStatistics> extended,
        Map<String, String> settings,
        int leftOut,
        Instant at) {
    /// More tables than this would take a minute and hundreds of megabytes.
    static final int MOST_TABLES = 1_000;

    private static final String MAJOR = "17";

    TwinImage {
        relations = List.copyOf(relations);
        columns = List.copyOf(columns);
        extended = List.copyOf(extended);
        settings = Map.copyOf(settings);
    }

    private record Setting(String name, String value) {}

    /// @param wanted tables by `schema.name`, taken first where not all can be
    static TwinImage read(ReadSession session, Set<String> wanted, Instant at) {
        var settings =
                session.query(TwinSql.SETTINGS, Map.of(), Setting.class).stream()
                        .collect(Collectors.toMap(Setting::name, Setting::value, (a, _) -> a));
        check(settings);
        var whole = Schema.read(session);
        var tables = whole.tables();
        var kept = tables.size() <= MOST_TABLES ? null : chosen(tables, wanted);
        var schema =
                kept == null
                        ? whole
                        : whole.without(
                                tables.stream()
                                        .filter(t -> !kept.contains(key(t)))
                                        .map(Relation.Table::id)
                                        .collect(Collectors.toSet()));
        var which = new HashMap<String, @Nullable Object>();
        which.put("tables", kept == null ? null : List.copyOf(kept));
        var relations = session.query(TwinSql.RELATIONS, which, RelationSize.class);
        var described = new HashMap<String, @Nullable Object>();
        described.put(
                "tables", kept == null ? null : relations.stream().map(RelationSize::key).toList());
        return new TwinImage(
                schema,
                relations,
                session.query(TwinSql.COLUMN_STATISTICS, described, ColumnValues.class),
                session.query(TwinSql.EXTENDED_STATISTICS, Map.of(), ExtendedStatistics.class),
                settings,
                kept == null ? 0 : tables.size() - kept.size(),
                at);
    }

    static void check(Map<String, String> settings) {
        var version = settings.getOrDefault("server_version_num", "");
        if (!version.startsWith(MAJOR)) {
            throw refused(
                    "the twin plans as PostgreSQL 17 does, and this server is version "
                            + version.replaceFirst("(\\d\\d).*", "$1"));
        }
        if (!"8192".equals(settings.get("block_size"))) {
            throw refused("this server has pages of another size than 8 kB");
        }
    }

    static OpsException refused(String why) {
        return new OpsException(
                OpsException.Kind.UNSUPPORTED, "Planning in the twin", why, "plan on a branch");
    }

    private static String key(Relation.Table table) {
        return table.schema() + "." + table.name();
    }

    /// The wanted tables with those they are parts of and their other parts.
    private static Set<String> chosen(List<Relation.Table> tables, Set<String> wanted) {
        var kept = new HashSet<>(wanted);
        for (boolean more = true; more; ) {
            more = false;
            for (var table : tables) {
                var family = new ArrayList<String>();
                family.add(key(table));
                table.parents().forEach(p -> family.add(p.schema() + "." + p.name()));
                if (family.stream().anyMatch(kept::contains)) {
                    more |= kept.addAll(family);
                }
            }
        }
        var there = tables.stream().map(TwinImage::key).collect(Collectors.toSet());
        kept.retainAll(there);
        if (kept.size() > MOST_TABLES) {
            throw refused(
                    "the statements name %d tables and partitions; the twin takes at most %d"
                            .formatted(kept.size(), MOST_TABLES));
        }
        return kept;
    }

    String login() {
        return settings.getOrDefault("current_user", "planner");
    }

    /// What the login and the collations are of; null when the schema does not say.
    TopLevelObject.@Nullable Database database() {
        return schema.all(TopLevelObject.Database.class).findFirst().orElse(null);
    }

    /// Tables with rows of which no statistics can be seen: never analyzed, or not readable.
    List<String> withoutStatistics() {
        var seen =
                columns.stream()
                        .map(c -> c.schemaName() + "." + c.relationName())
                        .collect(Collectors.toSet());
        return relations.stream()
                .filter(r -> r.table() && r.tuples() > 0 && !seen.contains(r.key()))
                .map(RelationSize::key)
                .sorted()
                .toList();
    }

    /// Tables on which rows are hidden by policies, which the twin does not know.
    Set<String> secured() {
        return schema.all(Relation.Table.class)
                .filter(Relation.Table::rowSecurity)
                .map(TwinImage::key)
                .collect(Collectors.toSet());
    }
}
