package io.lakebaseops.state;

import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.RoutineAct;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What agents may do without asking, as far as people narrowed it: kinds of acts that ask first,
/// and tables that are left alone. It can never be widened here.
public record Autonomy(List<AsksFirst> asking, List<LeftAlone> leftAlone) {
    public static final Autonomy UNLIMITED = new Autonomy(List.of(), List.of());

    public Autonomy {
        asking = List.copyOf(asking);
        leftAlone = List.copyOf(leftAlone);
    }

    /// @param by who switched it off
    public record AsksFirst(RoutineAct act, String by, Instant at) {}

    /// @param target key of the server
    /// @param table schema and name as the server folds them: `shop.orders`
    /// @param until null for good
    public record LeftAlone(
            String target,
            String table,
            String reason,
            String by,
            Instant at,
            @Nullable Instant until) {
        public LeftAlone {
            int dot = table.indexOf('.');
            if (dot < 1 || dot == table.length() - 1) {
                throw new IllegalArgumentException("A table is written with its schema: " + table);
            }
            if (reason.isBlank()) {
                throw new IllegalArgumentException("Leaving a table alone needs a reason");
            }
        }

        boolean holds(Instant now) {
            return until == null || until.isAfter(now);
        }

        public String words() {
            return "%s leaves %s alone since %s: %s".formatted(by, table, at, reason);
        }
    }

    public Optional<AsksFirst> asks(RoutineAct act) {
        return asking.stream().filter(a -> a.act() == act).findFirst();
    }

    /// The reason why one of these acts is asked about; empty when all may go on.
    public Optional<String> asks(Set<RoutineAct> acts) {
        return asking.stream()
                .filter(a -> acts.contains(a.act()))
                .findFirst()
                .map(
                        a ->
                                "asks first: %s switched off '%s' by itself at %s"
                                        .formatted(a.by(), a.act().title(), a.at()));
    }

    /// What was said of this table, as long as it holds.
    public Optional<LeftAlone> table(TargetId target, String table, Instant now) {
        return leftAlone.stream()
                .filter(l -> l.target().equals(target.key()))
                .filter(l -> l.table().equals(table) && l.holds(now))
                .findFirst();
    }
}
