package io.lakebaseops.state;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// The best set of indexes of a database for its known statements, as computed in the planner twin:
/// which to build, keep and drop, what each is for, and the work left at each storage budget. Work
/// is time an hour: measured time scaled by the planner's costs.
///
/// @param tables those whose indexes were weighed
/// @param curve least work by storage, the smallest first
/// @param today with the indexes that are there, and `chosen` with the set
/// @param statements that were planned
/// @param plans asked of the planner
/// @param proven every search came to its end: no better set exists among the candidates
/// @param statistics that would let the planner expect better
public record IndexSet(
        String database,
        List<OfTable> tables,
        List<Point> curve,
        Work today,
        Work chosen,
        int statements,
        int plans,
        boolean proven,
        List<Statement> changes,
        List<Statistics> statistics,
        List<String> caveats,
        String origin,
        Instant at) {
    public IndexSet {
        tables = List.copyOf(tables);
        curve = List.copyOf(curve);
        changes = List.copyOf(changes);
        statistics = List.copyOf(statistics);
        caveats = List.copyOf(caveats);
    }

    /// Of the indexes to drop.
    public List<DropCertificate> certificates() {
        return tables.stream()
                .flatMap(t -> t.members().stream())
                .map(Member::certificate)
                .filter(Objects::nonNull)
                .toList();
    }

    /// @param bytes of all indexes of the weighed tables
    public record Work(long bytes, double readMsPerHour, double writeMsPerHour) {
        public double msPerHour() {
            return readMsPerHour + writeMsPerHour;
        }
    }

    /// @param build names of indexes to build, and of those to `drop`
    public record Point(Work work, List<String> build, List<String> drop) {
        public Point {
            build = List.copyOf(build);
            drop = List.copyOf(drop);
        }
    }

    public record OfTable(String schema, String table, List<Member> members) {
        public OfTable {
            members = List.copyOf(members);
        }
    }

    public enum Role {
        BUILD,
        DROP,
        KEEP,
        /// A constraint, a foreign key or statements that are not seen need it: not weighed.
        REQUIRED
    }

    /// @param keys columns of a plain B-tree in key order; empty for any other
    /// @param uses what pays for it, the most first
    /// @param why it is required; null for any other
    /// @param certificate of one to drop
    public record Member(
            String index,
            String definition,
            List<String> keys,
            Role role,
            long bytes,
            double writeMsPerHour,
            List<Use> uses,
            @Nullable String why,
            @Nullable DropCertificate certificate) {
        public Member {
            keys = List.copyOf(keys);
            uses = List.copyOf(uses);
        }

        public double savedMsPerHour() {
            return uses.stream().mapToDouble(Use::savedMsPerHour).sum();
        }
    }

    /// @param savedMsPerHour against the same set without it
    public record Use(String queryid, String statement, double savedMsPerHour) {}

    /// @param before cost as the planner counts, with today's indexes, and `after` with the set
    /// @param indexes it reads then
    public record Statement(
            String queryid,
            String statement,
            double msPerHour,
            double before,
            double after,
            List<String> indexes) {
        public Statement {
            indexes = List.copyOf(indexes);
        }
    }

    /// Columns that depend on each other: the planner expects too few rows.
    ///
    /// @param definition the whole statement
    public record Statistics(
            String schema,
            String table,
            List<String> columns,
            String definition,
            double expectedRows,
            double foundRows,
            String statement) {
        public Statistics {
            columns = List.copyOf(columns);
        }
    }
}
