package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.plan.LockLevel;

import org.jspecify.annotations.Nullable;

/// What could go wrong when a statement runs on the live database, in figures.
///
/// @param rule the form of DDL, or the rule about the whole transaction
/// @param line in the file, from 1 on
/// @param relation live name `schema.table`; as written when there is no such table yet
/// @param secondsLow how long the lock is held, at best; 0 when nothing is read under it
/// @param secondsHigh at worst
/// @param wouldQueue queries that would wait, from the live rate and `secondsHigh`; null when the
///     rate is not known
/// @param advice empty when there is nothing better
public record Hazard(
        String rule,
        Severity severity,
        String file,
        int line,
        @Nullable String relation,
        LockLevel lock,
        double secondsLow,
        double secondsHigh,
        @Nullable Double wouldQueue,
        String message,
        String advice) {}
