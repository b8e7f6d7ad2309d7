package io.lakebaseops.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// The directory of a host's Unix sockets. A socket path has at most 107 bytes (103 on macOS), so a
/// room deep in the file system keeps its sockets in a short private directory elsewhere.
record SocketHome(Path home) implements ServerAddresses {
    private static final int LONGEST_PATH = 100;
    private static final int NAME_LENGTH = 12;

    /// The server's list of socket directories is split at commas and spaces.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/._-]+");

    static SocketHome near(Path dir) throws IOException {
        var near = dir.resolve("sockets");
        int longest =
                near.toString().length() + 1 + NAME_LENGTH + ServerAddress.UnixSocket.NAME_LENGTH;
        if (PLAIN.matcher(near.toString()).matches() && longest <= LONGEST_PATH) {
            OwnerOnly.makeFolder(near);
            return new SocketHome(near);
        }
        var tmp = Path.of(System.getProperty("java.io.tmpdir"));
        var shortTmp = tmp.toString().length() < 40 ? tmp : Path.of("/tmp");
        // A fresh name each time: a foreseeable one in /tmp could be taken by somebody else.
        return new SocketHome(OwnerOnly.temporaryFolder(shortTmp, "lbo-"));
    }

    /// In a directory only this user can enter.
    @Override
    public ServerAddress address(String uid, Path dataDir) {
        var directory = home.resolve(digest(uid));
        try {
            OwnerOnly.makeFolder(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("No directory for a socket: " + directory, e);
        }
        return new ServerAddress.UnixSocket(directory);
    }

    @Override
    public void delete() throws IOException {
        if (!Files.isDirectory(home)) {
            return;
        }
        try (var directories = Files.list(home)) {
            for (var directory : directories.toList()) {
                new ServerAddress.UnixSocket(directory).forget();
            }
        }
        Files.deleteIfExists(home);
    }

    private static String digest(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, NAME_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
