package io.lakebaseops.ask.grounding;

import io.lakebaseops.ask.grounding.Claim.Moment;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What one object of a result says: its figures, moments and names, below the object it lies in.
final class FactRecord {
    final @Nullable FactRecord parent;
    final List<Fact> facts = new ArrayList<>();
    final List<Instant> instants = new ArrayList<>();
    final List<Moment> moments = new ArrayList<>();

    /// Names of the thing it is about, in lower case; a figure in it belongs to these.
    final Set<String> names = new HashSet<>();

    /// Where that lies: its schema, database or branch.
    final Set<String> places = new HashSet<>();

    /// It says of something that there is none of it.
    boolean nothing;

    /// The longest list in it.
    int longest;

    FactRecord(@Nullable FactRecord parent) {
        this.parent = parent;
    }

    record Fact(Dimension dimension, BigDecimal value) {
        boolean whole() {
            return value.stripTrailingZeros().scale() <= 0;
        }
    }

    /// What it is about: its own names, else those of what it lies in.
    Set<String> about() {
        for (var record = this; record != null; record = record.parent) {
            if (!record.names.isEmpty()) {
                return record.names;
            }
        }
        return Set.of();
    }

    boolean meets(Set<String> some) {
        return about().stream().anyMatch(some::contains)
                || places.stream().anyMatch(some::contains);
    }

    boolean within(FactRecord other) {
        for (var record = this; record != null; record = record.parent) {
            if (record == other) {
                return true;
            }
        }
        return false;
    }
}
