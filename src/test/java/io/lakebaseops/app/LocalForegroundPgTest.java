package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// `local up` told to end, as Ctrl-C and a service manager do.
final class LocalForegroundPgTest {
    @TempDir Path dir;

    @Test
    void a_signal_ends_it_in_order() throws Exception {
        Process up =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "local",
                                "up",
                                "--dir",
                                dir.toString(),
                                "--no-workload",
                                "--stable")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (var out =
                new BufferedReader(
                        new InputStreamReader(up.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).contains("\"ca\":\"" + dir.resolve("ca.pem") + "\"");
            assertThat(dir.resolve("server.json")).exists();
            assertThat(dir.resolve("room.owner")).exists();
            up.destroy();
            assertThat(up.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            up.destroyForcibly();
        }
        assertThat(dir.resolve("server.json")).doesNotExist();
        assertThat(dir.resolve("room.owner")).doesNotExist();
        assertThat(dir.resolve("address.json")).exists();
        try (var branches = Files.walk(dir.resolve("branches"))) {
            assertThat(branches.filter(p -> p.endsWith("postmaster.pid"))).isEmpty();
        }
    }
}
