package io.lakebaseops.domain;

import java.net.InetAddress;
import java.util.regex.Pattern;

/// Hosts that are this machine for certain: the name `localhost` and literal loopback addresses,
/// compared whole. No name is looked up, and none that merely begins like one is taken.
public final class Loopback {
    private static final Pattern LITERAL =
            Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}|\\[?[0-9a-fA-F:]*:[0-9a-fA-F:]*]?");

    private Loopback() {}

    /// @param host without port; an IPv6 address with or without brackets
    public static boolean host(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        if (!LITERAL.matcher(host).matches()) {
            return false;
        }
        try {
            return InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            // Digits and dots, but no address.
            return false;
        }
    }
}
