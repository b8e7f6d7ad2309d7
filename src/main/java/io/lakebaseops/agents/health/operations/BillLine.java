package io.lakebaseops.agents.health.operations;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;

/// What was used of one thing up to one moment, and what it costs.
///
/// @param product `LAKEBASE` or `DATABASE`
/// @param storage the kind of storage as billed; null for what is no storage
/// @param branch uid; null where usage names none
/// @param endpoint uid; null for storage
/// @param quantity negative for a credit or a correction
/// @param price null when no price is known
/// @param simulated whether the record is marked as generated
/// @param corrected records of it that correct earlier ones
record BillLine(
        LocalDate day,
        Instant until,
        String product,
        String sku,
        String unit,
        String usageType,
        @Nullable String storage,
        @Nullable String branch,
        @Nullable String endpoint,
        BigDecimal quantity,
        PriceBook.@Nullable Price price,
        boolean simulated,
        long corrected) {
    /// Digits behind the point that usage, and so a cost, is kept with.
    static final int DIGITS = 18;

    /// Exact to `DIGITS`; null when no price is known.
    @Nullable BigDecimal cost() {
        return price == null
                ? null
                : quantity.multiply(price.perUnit()).setScale(DIGITS, RoundingMode.HALF_UP);
    }

    boolean compute() {
        return endpoint != null || usageType.equals("COMPUTE_TIME");
    }
}
