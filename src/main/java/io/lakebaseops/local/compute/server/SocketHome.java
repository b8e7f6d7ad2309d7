package io.lakebaseops.local.compute.server;

import io.lakebaseops.local.compute.files.FileTree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// The directory of a host's Unix sockets. A socket path has at most 107 bytes (103 on macOS), so a
/// room deep in the file system keeps its sockets in a short private directory elsewhere.
public final class SocketHome {
    public static final String SOCKET_NAME = ".s.PGSQL.5432";
    private static final int LONGEST_PATH = 100;
    private static final int NAME_LENGTH = 12;

    /// The server's list of socket directories is split at commas and spaces.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/._-]+");

    private final Path home;

    public SocketHome(Path dir) {
        this.home = choose(dir);
    }

    /// A directory only this user can enter, for the socket of one branch.
    public Path directory(String branchUid) {
        Path directory = home.resolve(digest(branchUid));
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectory(directory, FileTree.PRIVATE);
            }
        } catch (IOException e) {
            throw new ComputeException("Socket directory cannot be made: " + directory, e);
        }
        return directory;
    }

    public void delete() throws IOException {
        FileTree.delete(home);
    }

    private static Path choose(Path dir) {
        try {
            Path near = dir.resolve("sockets");
            if (PLAIN.matcher(near.toString()).matches()
                    && near.toString().length() + NAME_LENGTH + SOCKET_NAME.length() + 2
                            <= LONGEST_PATH) {
                if (!Files.isDirectory(near)) {
                    Files.createDirectory(near, FileTree.PRIVATE);
                }
                return near;
            }
            Path tmp = Path.of(System.getProperty("java.io.tmpdir"));
            Path shortTmp = tmp.toString().length() < 40 ? tmp : Path.of("/tmp");
            // A fresh name each time: a foreseeable one in /tmp could be taken by somebody else.
            return Files.createTempDirectory(shortTmp, "lbo-", FileTree.PRIVATE);
        } catch (IOException e) {
            throw new ComputeException("No directory for sockets near " + dir, e);
        }
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
