package io.lakebaseops.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// A port of the loopback address that nobody listens at. From a range that no system gives to
/// outgoing connections, so that a server finds its port again after it was down.
public final class LoopbackPort {
    private static final int FIRST = 20_000;
    private static final int LAST = 30_000;

    private LoopbackPort() {}

    public static int choose() {
        int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
        return isFree(port) ? port : choose();
    }

    public static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
