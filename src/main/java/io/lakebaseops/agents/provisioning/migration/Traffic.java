package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.sqltext.Parsed;
import io.lakebaseops.sqltext.RelationUse;
import io.lakebaseops.sqltext.SqlParser;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// How many statements a second read and write a table. As pg_stat_statements counted them since
/// its reset, each for every table its text names. The counters of the table itself would not do:
/// they count rows written and turns of a loop, not who would wait.
final class Traffic {
    /// What a role reads instead of the statements of others.
    private static final String HIDDEN = "<insufficient privilege>";

    /// Not installed, dropped a moment ago, not for this role.
    private static final Set<OpsException.Kind> MISSING =
            Set.of(
                    OpsException.Kind.UNSUPPORTED,
                    OpsException.Kind.NOT_FOUND,
                    OpsException.Kind.DENIED,
                    OpsException.Kind.INVALID_INPUT);

    private static final Set<RelationUse.How> SERVED =
            Set.of(RelationUse.How.READ, RelationUse.How.WRITTEN, RelationUse.How.LOCKED);

    /// @param reads statements per second that only read
    /// @param writes statements per second that write
    record Rate(double reads, double writes) {
        static final Rate NONE = new Rate(0, 0);

        double blockedBy(LockLevel lock) {
            return lock == LockLevel.ACCESS_EXCLUSIVE
                    ? reads + writes
                    : lock.blocksWrites() ? writes : 0;
        }

        private Rate plus(double perSecond, boolean written) {
            return written
                    ? new Rate(reads, writes + perSecond)
                    : new Rate(reads + perSecond, writes);
        }
    }

    record Served(String query, double perSecond) {}

    private final Map<TableSize, Rate> rates;
    private final String unknown;

    private Traffic(Map<TableSize, Rate> rates, String unknown) {
        this.rates = rates;
        this.unknown = unknown;
    }

    static Traffic unknown(String why) {
        return new Traffic(Map.of(), why);
    }

    static Traffic read(ReadSession session, Collection<TableSize> tables) {
        if (tables.isEmpty()) {
            return unknown("there is no such table");
        }
        List<Served> served;
        try {
            served = session.query(MigrationSql.STATEMENT_TRAFFIC, Map.of(), Served.class);
        } catch (OpsException e) {
            if (!MISSING.contains(e.kind())) {
                throw e;
            }
            return unknown(e.why());
        }
        return served.stream().anyMatch(s -> s.query().equals(HIDDEN))
                ? unknown("this role may not read the statements of others (pg_read_all_stats)")
                : of(served, tables);
    }

    static Traffic of(List<Served> served, Collection<TableSize> tables) {
        var rates = new HashMap<TableSize, Rate>();
        tables.forEach(t -> rates.put(t, Rate.NONE));
        var names = tables.stream().map(Traffic::written).toList();
        for (var statement : served) {
            var text = statement.query().toLowerCase(Locale.ROOT);
            // Parsing costs more than looking for a name.
            if (names.stream().noneMatch(text::contains)) {
                continue;
            }
            var named = relations(statement.query());
            for (var table : tables) {
                var its = named.stream().filter(n -> means(n, table)).toList();
                if (!its.isEmpty()) {
                    boolean written =
                            its.stream().anyMatch(n -> n.how() == RelationUse.How.WRITTEN);
                    rates.compute(
                            table,
                            (_, r) ->
                                    (r == null ? Rate.NONE : r)
                                            .plus(statement.perSecond(), written));
                }
            }
        }
        return new Traffic(rates, "");
    }

    private static List<RelationUse> relations(String query) {
        return SqlParser.parseNormalised(query) instanceof Parsed.Understood u
                ? relations(u)
                : List.of();
    }

    /// Maintenance and DDL wait too, but are no traffic.
    private static List<RelationUse> relations(Parsed.Understood parsed) {
        return parsed.statements().stream()
                .flatMap(s -> s.relations().stream())
                .filter(r -> SERVED.contains(r.how()))
                .toList();
    }

    /// As it stands in a text in lower case; quotes inside a name are doubled there.
    private static String written(TableSize table) {
        return table.tableName().toLowerCase(Locale.ROOT).replace("\"", "\"\"");
    }

    /// Whose search path a bare name was found by is not known: it means every table so called.
    private static boolean means(RelationUse named, TableSize table) {
        return named.name().equals(table.tableName())
                && (named.schema().isEmpty() || named.schema().equals(table.schemaName()));
    }

    @Nullable Rate rate(TableSize table) {
        return rates.get(table);
    }

    String unknown() {
        return unknown;
    }
}
