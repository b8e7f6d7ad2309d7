package io.lakebaseops.platform;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/// Where a PostgreSQL server of our own listens, and what lets us in there and nobody else: the
/// directory of a Unix socket, or a loopback port with a password.
public sealed interface ServerAddress {
    /// The file in a data directory with its superuser's password; copies of the directory have it,
    /// as they have the superuser.
    String PASSWORD = "superuser.password";

    /// A connection on which nothing was said yet.
    SocketChannel open() throws IOException;

    /// The settings of a server that is to listen here.
    Map<String, String> settings();

    /// The `pg_hba.conf` of the server.
    String doors(String superuser);

    /// How the driver logs in as superuser.
    Properties login(String superuser) throws IOException;

    String url(String database);

    /// How another server streams from it, as `primary_conninfo` has it.
    ///
    /// @param folder a place for the other server's password file
    String conninfo(String superuser, String application, Path folder) throws IOException;

    /// This address, or another where somebody else took it while the server was down.
    ServerAddress available();

    /// Removes what only this address needs.
    void forget() throws IOException;

    private static String encoded(String database) {
        return URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    private static Properties plain(String superuser) {
        var properties = new Properties();
        properties.setProperty("user", superuser);
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("sslmode", "disable");
        return properties;
    }

    /// @param directory only this user can enter it
    record UnixSocket(Path directory) implements ServerAddress {
        private static final String NAME = ".s.PGSQL.5432";

        /// How long the name of a socket makes a path.
        static final int NAME_LENGTH = NAME.length() + 1;

        private Path socket() {
            return directory.resolve(NAME);
        }

        @Override
        public SocketChannel open() throws IOException {
            return SocketChannel.open(UnixDomainSocketAddress.of(socket()));
        }

        @Override
        public Map<String, String> settings() {
            return Map.of(
                    "listen_addresses",
                    "",
                    "port",
                    "5432",
                    "unix_socket_directories",
                    directory.toString());
        }

        /// The directory is the lock. Clients come through the gateway, which asks for their
        /// password and passes on no replication.
        @Override
        public String doors(String superuser) {
            return """
            local all all trust
            local replication %s trust
            """
                    .formatted(superuser);
        }

        @Override
        public Properties login(String superuser) {
            var properties = plain(superuser);
            properties.setProperty("socketFactory", PrivateSocketFactory.class.getName());
            properties.setProperty("socketFactoryArg", socket().toString());
            return properties;
        }

        @Override
        public String url(String database) {
            return "jdbc:postgresql://localhost/" + encoded(database);
        }

        @Override
        public String conninfo(String superuser, String application, Path folder) {
            return "host=%s port=5432 user=%s application_name=%s"
                    .formatted(directory, superuser, application);
        }

        @Override
        public ServerAddress available() {
            return this;
        }

        @Override
        public void forget() throws IOException {
            try (var files = Files.list(directory)) {
                for (var file : files.toList()) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(directory);
        }
    }

    /// @param dataDir where the superuser's password stands
    /// @param certificates of the server and of whoever may log in as any role: a gateway, which
    ///     has no passwords of its clients' roles; null where everybody has a password
    record Loopback(int port, Path dataDir, @Nullable Path certificates) implements ServerAddress {
        private static final String HOST = "127.0.0.1";

        @Override
        public SocketChannel open() throws IOException {
            return SocketChannel.open(new InetSocketAddress(InetAddress.getByName(HOST), port));
        }

        @Override
        public Map<String, String> settings() {
            var listening =
                    Map.of(
                            "listen_addresses",
                            HOST,
                            "port",
                            Integer.toString(port),
                            "unix_socket_directories",
                            "");
            if (certificates == null) {
                return listening;
            }
            var all = new java.util.TreeMap<>(listening);
            all.put("ssl", "on");
            all.put(
                    "ssl_cert_file",
                    certificates.resolve(ServerCertificate.CERTIFICATE).toString());
            all.put("ssl_key_file", certificates.resolve(ServerCertificate.KEY).toString());
            all.put("ssl_ca_file", certificates.resolve(ServerCertificate.AUTHORITY).toString());
            all.put("ident_file", certificates.resolve(ServerCertificate.NAMES).toString());
            return all;
        }

        @Override
        public String doors(String superuser) {
            if (certificates == null) {
                return "host all all 127.0.0.1/32 scram-sha-256\n";
            }
            return """
            host all %1$s 127.0.0.1/32 scram-sha-256
            host replication %1$s 127.0.0.1/32 scram-sha-256
            hostssl all all 127.0.0.1/32 cert map=%2$s
            """
                    .formatted(superuser, ServerCertificate.MAP);
        }

        @Override
        public Properties login(String superuser) throws IOException {
            var properties = plain(superuser);
            properties.setProperty("password", password());
            return properties;
        }

        /// The password of the superuser.
        public String password() throws IOException {
            var file = dataDir.resolve(PASSWORD);
            if (!Files.exists(file)) {
                throw new IOException(
                        dataDir
                                + " was made by an earlier version, for Unix sockets only: its"
                                + " superuser has no password");
            }
            return Files.readString(file).strip();
        }

        @Override
        public String url(String database) {
            return "jdbc:postgresql://" + HOST + ":" + port + "/" + encoded(database);
        }

        @Override
        public String conninfo(String superuser, String application, Path folder)
                throws IOException {
            var passwords = folder.resolve("primary.pgpass");
            PrivateFiles.replace(
                    passwords, "%s:%d:*:%s:%s%n".formatted(HOST, port, superuser, password()));
            return "host=%s port=%d user=%s application_name=%s passfile='%s' sslmode=disable"
                    .formatted(
                            HOST,
                            port,
                            superuser,
                            application,
                            passwords.toString().replace("\\", "\\\\").replace("'", "\\'"));
        }

        @Override
        public ServerAddress available() {
            return LoopbackPort.isFree(port)
                    ? this
                    : new Loopback(LoopbackPort.choose(), dataDir, certificates);
        }

        @Override
        public void forget() {}
    }
}
