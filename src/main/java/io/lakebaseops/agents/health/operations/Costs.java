package io.lakebaseops.agents.health.operations;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The stored bill of a project over some days, divided one way. The parts sum to the total.
///
/// @param currency null when nothing has a price
/// @param watermark usage is complete up to here; null when nothing is stored
/// @param generatedUntil the last day of which some is marked as generated; null when none is
/// @param negotiated whether any price was negotiated
/// @param other of the total: what is no compute, mostly storage
/// @param unpriced lines of the bill that have no price and so no cost
/// @param parts largest first
public record Costs(
        LocalDate from,
        LocalDate until,
        @Nullable String currency,
        @Nullable Instant watermark,
        @Nullable LocalDate generatedUntil,
        boolean negotiated,
        BigDecimal total,
        BigDecimal other,
        long unpriced,
        List<Part> parts) {
    public Costs {
        parts = List.copyOf(parts);
    }

    /// By what it is divided.
    public enum By {
        BRANCH("endpoint"),
        ROLE("role"),
        APPLICATION("application"),
        STATEMENT("query");

        private final String kind;

        By(String kind) {
            this.kind = kind;
        }

        String kind() {
            return kind;
        }
    }

    /// @param key branch, role, application or queryid; in parentheses: what is none of those
    /// @param computeUnits hours of compute units, as billed; 0 where not divided by branch
    /// @param before what it cost in as many days before; null when nothing is stored of those
    public record Part(
            String key,
            SortedMap<LocalDate, BigDecimal> days,
            BigDecimal cost,
            BigDecimal computeUnits,
            @Nullable BigDecimal before) {}

    /// What everything cost on each day.
    public SortedMap<LocalDate, BigDecimal> daily() {
        var sums = new TreeMap<LocalDate, BigDecimal>();
        parts.forEach(p -> p.days().forEach((d, c) -> sums.merge(d, c, BigDecimal::add)));
        return sums;
    }

    public boolean empty() {
        return watermark == null;
    }
}
