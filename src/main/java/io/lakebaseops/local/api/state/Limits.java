package io.lakebaseops.local.api.state;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// The limits that the platform sets. The figures of Lakebase, of which tests may shorten two.
///
/// @param suspendFloor shortest suspend time; 60 s on the platform
/// @param tokenTtl longest life of a credential; null = as asked, 300-3600 s
public record Limits(Duration suspendFloor, @Nullable Duration tokenTtl) {
    public static final int UNARCHIVED_BRANCHES = 10;
    public static final int ROOT_BRANCHES = 3;
    public static final Duration LONGEST_EXPIRY = Duration.ofDays(30);
    public static final Duration LONGEST_SUSPEND = Duration.ofDays(7);
    public static final Duration SHORTEST_TOKEN = Duration.ofMinutes(5);
    public static final Duration LONGEST_TOKEN = Duration.ofHours(1);
    public static final Duration SHORTEST_HISTORY = Duration.ofDays(2);
    public static final Duration LONGEST_HISTORY = Duration.ofDays(35);
    public static final double LEAST_CU = 0.5;
    public static final double MOST_CU = 64;
    public static final double WIDEST_SPREAD = 16;

    /// 8 TiB, the platform's limit per branch.
    public static final long BRANCH_BYTES = 8L << 40;

    /// The platform does not document how long a deleted resource can be undeleted; a week here.
    public static final Duration GRACE = Duration.ofDays(7);
}
