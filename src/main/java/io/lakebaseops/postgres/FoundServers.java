package io.lakebaseops.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/// PostgreSQL servers that this computer knows already: entries of the service file, libpq's
/// environment variables, lines of `.pgpass`, and what listens on the usual ports. Files are read,
/// never written, and no login is tried.
public final class FoundServers {
    private static final int FIRST_PORT = 5432;
    private static final int PORTS = 8;
    private static final int PATIENCE_MILLIS = 400;

    private FoundServers() {}

    /// @param name of the entry; @param keywords libpq's, without a password
    public record Found(String name, Map<String, String> keywords) {
        public Found {
            keywords = Map.copyOf(keywords);
        }

        /// `user@host:port/database`, as far as it is known.
        public String words() {
            var user = keywords.getOrDefault("user", "");
            var port = keywords.getOrDefault("port", "");
            var database = keywords.getOrDefault("dbname", "");
            return (user.isEmpty() ? "" : user + "@")
                    + keywords.getOrDefault("host", "localhost")
                    + (port.isEmpty() ? "" : ":" + port)
                    + (database.isEmpty() ? "" : "/" + database);
        }
    }

    /// By file: all entries of it.
    public static Map<Path, List<Found>> services() throws IOException {
        return ServiceFile.all();
    }

    public static Optional<Found> environment(Map<String, String> environment) {
        var keywords = KeyValueText.variables(environment);
        keywords.remove("password");
        boolean names =
                keywords.keySet().stream()
                        .anyMatch(
                                List.of("host", "hostaddr", "dbname", "service", "user")::contains);
        return names ? Optional.of(new Found("PG*", keywords)) : Optional.empty();
    }

    /// Lines that name one server and user.
    public static List<Found> passFile(PassFile file) {
        var found = new ArrayList<Found>();
        for (var line : file.lines()) {
            if (line.namesOneServer()) {
                var keywords = new java.util.HashMap<String, String>();
                keywords.put("host", line.host());
                keywords.put("user", line.user());
                put(keywords, "port", line.port());
                put(keywords, "dbname", line.database());
                found.add(new Found(line.host(), keywords));
            }
        }
        return List.copyOf(found);
    }

    private static void put(Map<String, String> keywords, String key, String value) {
        if (!value.equals("*")) {
            keywords.put(key, value);
        }
    }

    /// Blocking for less than a second.
    public static List<Found> listening(Executor background) {
        var asked =
                IntStream.range(FIRST_PORT, FIRST_PORT + PORTS)
                        .mapToObj(
                                port ->
                                        CompletableFuture.supplyAsync(
                                                () ->
                                                        TlsPeek.isPostgres(port, PATIENCE_MILLIS)
                                                                ? Optional.of(local(port))
                                                                : Optional.<Found>empty(),
                                                background))
                        .toList();
        return asked.stream().flatMap(found -> found.join().stream()).toList();
    }

    private static Found local(int port) {
        return new Found(
                "127.0.0.1:" + port, Map.of("host", "127.0.0.1", "port", Integer.toString(port)));
    }
}
