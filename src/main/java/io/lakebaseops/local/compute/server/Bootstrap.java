package io.lakebaseops.local.compute.server;

import io.lakebaseops.platform.OperatingSystem;
import io.lakebaseops.platform.ServerAddress;
import io.lakebaseops.platform.ServerHosting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Runs statements in `template1` of a data directory that no server works on yet. Each ends with
/// `;` and an empty line.
public sealed interface Bootstrap {
    void run(PostgresBinaries binaries, Path data, String sql) throws IOException;

    static Bootstrap of(ServerHosting hosting) {
        return switch (hosting) {
            case ServerHosting.ByUnixSocket _ -> new SingleUser();
            case ServerHosting.ByLoopback loopback -> new ShortServer(loopback);
        };
    }

    /// A server without network that reads statements from its input.
    record SingleUser() implements Bootstrap {
        @Override
        public void run(PostgresBinaries binaries, Path data, String sql) throws IOException {
            TemplateCluster.run(
                    List.of(
                            binaries.bin("postgres").toString(),
                            "--single",
                            "-j",
                            "-D",
                            data.toString(),
                            "-c",
                            "exit_on_error=on",
                            "-c",
                            "fsync=off",
                            "template1"),
                    sql);
        }
    }

    /// A server for this moment: an administrator of Windows may not start one in single-user mode.
    record ShortServer(ServerHosting.ByLoopback hosting) implements Bootstrap {
        private static final Duration LONGEST = Duration.ofSeconds(60);

        @Override
        public void run(PostgresBinaries binaries, Path data, String sql) throws IOException {
            ServerAddress address = hosting.addresses(data).address("bootstrap", data);
            Path settings = data.resolve("lakebaseops.conf");
            Path log = data.resolveSibling("bootstrap.log");
            Map<String, String> all = new TreeMap<>(address.settings());
            all.putAll(ServerHosting.settings(OperatingSystem.current()));
            all.put("fsync", "off");
            StringBuilder text = new StringBuilder();
            all.forEach((name, value) -> text.append("%s = '%s'\n".formatted(name, value)));
            Files.writeString(settings, text);
            Files.writeString(
                    data.resolve("pg_hba.conf"), address.doors(TemplateCluster.SUPERUSER));
            Postmaster server = Postmaster.start(binaries, data, log, hosting, LONGEST);
            try (AdminSession session = AdminSession.open(address, "template1")) {
                for (String statement : sql.split(";\\s*\\n\\s*\\n")) {
                    if (!statement.isBlank()) {
                        session.execute(statement);
                    }
                }
            } catch (SQLException e) {
                throw new IOException(e.getMessage(), e);
            } finally {
                server.stop(LONGEST);
            }
            Files.delete(settings);
            Files.deleteIfExists(log);
        }
    }
}
