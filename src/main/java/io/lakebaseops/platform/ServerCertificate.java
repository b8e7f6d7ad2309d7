package io.lakebaseops.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The files by which a server at a loopback port and its gateway know each other: the server's
/// certificate and key, the authority of both, and whom the gateway may log in as.
public final class ServerCertificate {
    static final String CERTIFICATE = "server.pem";
    static final String KEY = "server.key";
    static final String AUTHORITY = "authority.pem";
    static final String NAMES = "pg_ident.conf";
    static final String MAP = "gateway";

    private ServerCertificate() {}

    /// @param gateway the common name in the gateway's certificate
    public static void write(
            Path folder, String certificate, String key, String authority, String gateway)
            throws IOException {
        OwnerOnly.makeFolder(folder);
        write(folder.resolve(CERTIFICATE), certificate);
        write(folder.resolve(KEY), key);
        write(folder.resolve(AUTHORITY), authority);
        // "all": any role (PostgreSQL manual, 20.2 "User Name Maps").
        write(folder.resolve(NAMES), "%s %s all\n".formatted(MAP, gateway));
    }

    private static void write(Path file, String text) throws IOException {
        PrivateFiles.replace(file, text.getBytes(StandardCharsets.US_ASCII), false);
    }
}
