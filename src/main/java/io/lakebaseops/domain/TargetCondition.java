package io.lakebaseops.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// The state of the connection to a server, each kind with one sentence and what to do about it.
public sealed interface TargetCondition {
    /// What is so, in one sentence.
    String sentence();

    /// What to do; empty when there is nothing to do.
    String remedy();

    /// Can figures be had now?
    default boolean answers() {
        return switch (this) {
            case Reachable _, Restarted _, Slow _ -> true;
            case NotTried _, NeverReached _, LoginRefused _, TooOld _, Lost _ -> false;
        };
    }

    /// No connection was asked for yet.
    record NotTried() implements TargetCondition {
        @Override
        public String sentence() {
            return "Nothing was asked of it yet";
        }

        @Override
        public String remedy() {
            return "";
        }
    }

    /// It answers.
    record Reachable() implements TargetCondition {
        @Override
        public String sentence() {
            return "Connected";
        }

        @Override
        public String remedy() {
            return "";
        }
    }

    /// Why no connection ever came about.
    enum Obstacle {
        UNKNOWN_HOST,
        REFUSED,
        NO_ANSWER,
        TLS,
        NO_FREE_SLOT,
        STARTING,
        OTHER
    }

    /// There never was a connection: more likely a mistake in the profile than an outage.
    ///
    /// @param detail the reason as the driver or the server gives it
    record NeverReached(String address, Obstacle obstacle, String detail)
            implements TargetCondition {
        @Override
        public String sentence() {
            return "Cannot connect to %s (never worked yet): %s"
                    .formatted(address, reason(obstacle, detail));
        }

        @Override
        public String remedy() {
            return advice(obstacle);
        }
    }

    /// The server answered and would not let this user in; not tried again by itself.
    record LoginRefused(String address, String user, String profile, String detail)
            implements TargetCondition {
        @Override
        public String sentence() {
            return "Login refused for user %s on %s: %s".formatted(user, address, detail);
        }

        @Override
        public String remedy() {
            return "give the user's password as LAKEBASEOPS_SECRET_%s or in ~/.pgpass, then try again; it is not repeated by itself"
                    .formatted(
                            profile.toUpperCase(java.util.Locale.ROOT)
                                    .replaceAll("[^A-Z0-9]", "_"));
        }
    }

    /// The server is older than what this program reads.
    record TooOld(String address, String version) implements TargetCondition {
        /// The oldest major version whose statistics views are read here.
        public static final int OLDEST = 17;

        @Override
        public String sentence() {
            return "%s is PostgreSQL %s; LakebaseOps needs %d or newer"
                    .formatted(address, version, OLDEST);
        }

        @Override
        public String remedy() {
            return "upgrade the server, or remove the profile";
        }
    }

    /// It worked before and does not now.
    record Lost(String address, Instant since, Obstacle obstacle, String detail)
            implements TargetCondition {
        @Override
        public String sentence() {
            return "Connection to %s lost since %s: %s"
                    .formatted(address, clock(since), reason(obstacle, detail));
        }

        @Override
        public String remedy() {
            return "it is tried again by itself; " + advice(obstacle);
        }
    }

    /// It answers again after a restart: what its counters said before is gone.
    record Restarted(String address, Instant at) implements TargetCondition {
        @Override
        public String sentence() {
            return "%s was restarted at %s".formatted(address, clock(at));
        }

        @Override
        public String remedy() {
            return "rates need two new rounds; after a crash the table counters began anew";
        }
    }

    /// It answers, but a statement was not done in its time.
    record Slow(String address, Duration waited) implements TargetCondition {
        @Override
        public String sentence() {
            return "%s is slow: no answer within %s".formatted(address, Format.duration(waited));
        }

        @Override
        public String remedy() {
            return "look at its running statements, locks and load";
        }
    }

    private static String reason(Obstacle obstacle, String detail) {
        return switch (obstacle) {
            case UNKNOWN_HOST -> "the host name is not known";
            case REFUSED -> "nothing listens on this port";
            case NO_ANSWER -> "no answer at this address";
            case TLS -> "the encrypted connection failed: " + detail;
            case NO_FREE_SLOT -> "the server has no free connection slot";
            case STARTING -> "the server is starting up or shutting down";
            case OTHER -> detail;
        };
    }

    private static String advice(Obstacle obstacle) {
        return switch (obstacle) {
            case UNKNOWN_HOST -> "check the spelling of the host, and the name server";
            case REFUSED ->
                    "check the port, that the server runs and that listen_addresses includes this"
                            + " address";
            case NO_ANSWER -> "check the address, and whether a firewall drops the packets";
            case TLS -> "check sslmode and sslrootcert of the connection";
            case NO_FREE_SLOT -> "end idle sessions, or raise max_connections";
            case STARTING -> "wait a moment";
            case OTHER -> "check that the server runs and the network reaches it";
        };
    }

    private static String clock(Instant at) {
        return DateTimeFormatter.ofPattern("HH:mm:ss", java.util.Locale.ROOT)
                .withZone(ZoneId.systemDefault())
                .format(at);
    }
}
