package io.lakebaseops.local.api.state;

import io.lakebaseops.local.api.http.Fields;
import io.lakebaseops.local.api.http.Refusal;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// Rules for the size of a compute and its suspend time.
public final class EndpointRules {
    private EndpointRules() {}

    /// What the message asks for, with `base` where it is silent, checked against the bounds.
    public static Sizing sizing(Fields spec, Sizing base, Limits limits) {
        Double min = spec.number("autoscaling_limit_min_cu");
        Double max = spec.number("autoscaling_limit_max_cu");
        Sizing asked =
                base.limits(min == null ? base.minCu() : min, max == null ? base.maxCu() : max);
        if (spec.has("suspend_timeout_duration") || spec.has("no_suspension")) {
            asked = asked.suspend(suspension(spec, limits));
        }
        return checked(asked);
    }

    /// Idle time before the compute stops; null = never. Exactly one of the two forms must be set.
    public static @Nullable Duration suspension(Fields spec, Limits limits) {
        Duration after = spec.duration("suspend_timeout_duration");
        if (spec.has("no_suspension")) {
            if (after != null || !spec.flag("no_suspension", false)) {
                throw Refusal.invalid(
                        "either suspend_timeout_duration or no_suspension = true must be set");
            }
            return null;
        }
        if (after == null
                || after.compareTo(limits.suspendFloor()) < 0
                || after.compareTo(Limits.LONGEST_SUSPEND) > 0) {
            throw Refusal.invalid("suspend_timeout_duration must be between 60s and 604800s");
        }
        return after;
    }

    public static Sizing checked(Sizing sizing) {
        double min = sizing.minCu();
        double max = sizing.maxCu();
        if (min < Limits.LEAST_CU || max > Limits.MOST_CU || min > max) {
            throw Refusal.invalid(
                    "autoscaling limits must satisfy 0.5 <= min <= max <= 64 CU, not "
                            + min
                            + " and "
                            + max);
        }
        if (max - min > Limits.WIDEST_SPREAD) {
            throw Refusal.invalid(
                    "autoscaling_limit_max_cu may exceed autoscaling_limit_min_cu by at most 16"
                            + " CU");
        }
        return sizing;
    }

    /// A read-only endpoint needs a branch whose data are there, and a name of its own.
    public static EndpointRow addable(State state, EndpointRow row) {
        BranchRow branch = state.liveBranch(row.branch());
        if (branch.state() != BranchRow.State.READY) {
            throw Refusal.badRequest(branch.name() + " is not ready to be read from");
        }
        if (state.endpoints().containsKey(row.name())) {
            throw Refusal.exists("endpoint " + row.id() + " already exists");
        }
        return row;
    }

    /// High-availability groups need a failover, which this server does not do.
    public static void group(Fields group) {
        Double min = group.number("min");
        Double max = group.number("max");
        double least = min == null ? 1 : min;
        double most = max == null ? least : max;
        if (least != most) {
            throw Refusal.invalid("group.min must equal group.max");
        }
        if (most != 1 || group.flag("enable_readable_secondaries", false)) {
            throw Refusal.unsupported(
                    "Local Lakebase runs one compute per endpoint: no groups, no secondaries");
        }
    }
}
