package io.lakebaseops.local.compute;

import static io.lakebaseops.local.compute.RoomFixture.run;
import static io.lakebaseops.local.compute.RoomFixture.spec;
import static io.lakebaseops.local.compute.RoomFixture.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.local.compute.server.ComputeException;
import io.lakebaseops.local.compute.server.PostmasterPid;
import io.lakebaseops.platform.ProcessLiveness;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

final class CrashPgTest {
    @TempDir Path dir;

    /// Runs in a JVM of its own: opens a room, writes a row, says so, and waits to be killed.
    public static void main(String[] args) throws Exception {
        RoomFixture fixture = new RoomFixture(Path.of(args[0])).withMain();
        try (Connection connection = fixture.connect("ep-main")) {
            run(connection, "CREATE TABLE t AS SELECT 5 AS five");
        }
        System.out.println("port " + fixture.room().status("ep-main").port());
        Thread.sleep(60_000);
    }

    @Test
    void a_room_of_a_killed_process_is_cleaned_and_the_next_one_keeps_data_and_port()
            throws Exception {
        Process other = otherJvm(CrashPgTest.class, dir.toString());
        String port;
        Path data = dir.resolve("branches/br-main/data");
        ProcessHandle orphan;
        try (BufferedReader out = other.inputReader()) {
            port = awaitLine(out, "port ");
            assertThatThrownBy(() -> new RoomFixture(dir))
                    .isInstanceOf(ComputeException.class)
                    .hasMessageContaining("process " + other.pid());
            orphan = PostmasterPid.read(data).orElseThrow().process().orElseThrow();
            other.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
        }
        // At once, so that it may meet the cleaner or come before it.
        try (RoomFixture fixture = new RoomFixture(dir)) {
            assertThat(ProcessLiveness.is(orphan)).isFalse();
            fixture.room().openEndpoint(spec("ep-main", "br-main"));
            assertThat(fixture.room().status("ep-main").port() + "").isEqualTo(port);
            try (Connection connection = fixture.connect("ep-main")) {
                assertThat(value(connection, "SELECT five FROM t")).isEqualTo("5");
            }
        }
        assertThat(PostmasterPid.read(data)).isEmpty();
    }

    @Test
    void the_postmasters_of_a_killed_process_end_although_nobody_comes_again() throws Exception {
        Process other = otherJvm(CrashPgTest.class, dir.toString());
        try (BufferedReader out = other.inputReader()) {
            awaitLine(out, "port ");
            Path data = dir.resolve("branches/br-main/data");
            var orphan = PostmasterPid.read(data).orElseThrow().process().orElseThrow();
            other.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
            await().atMost(Duration.ofSeconds(60)).until(() -> !ProcessLiveness.is(orphan));
            assertThat(PostmasterPid.read(data)).as("it was shut down in good order").isEmpty();
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // which has no `sleep`; PostmasterPidTest has its way
    void a_pid_file_that_names_a_foreign_process_kills_nobody() throws Exception {
        Process bystander = new ProcessBuilder("sleep", "60").start();
        try {
            Path data = Files.createDirectories(dir.resolve("branches/br-x/data"));
            Files.writeString(
                    data.resolve("postmaster.pid"),
                    bystander.pid() + "\n" + data + "\n1\n5432\n/tmp\n\n1 1\nready\n");
            new RoomFixture(dir).close();
            assertThat(bystander.isAlive()).isTrue();
        } finally {
            bystander.destroyForcibly();
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // where a process can only be ended at once
    void a_leaving_jvm_stops_its_postmasters() throws Exception {
        Process other = otherJvm(CrashPgTest.class, dir.toString());
        try (BufferedReader out = other.inputReader()) {
            awaitLine(out, "port ");
            other.destroy(); // SIGTERM: shutdown hooks run
            assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(PostmasterPid.read(dir.resolve("branches/br-main/data"))).isEmpty();
    }

    static Process otherJvm(Class<?> main, String... args) throws Exception {
        var command =
                new java.util.ArrayList<>(
                        java.util.List.of(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-XX:+UseSerialGC",
                                "-Xmx256m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()));
        command.addAll(java.util.List.of(args));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    static String awaitLine(BufferedReader out, String prefix) throws Exception {
        StringBuilder seen = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(prefix)) {
                return line.substring(prefix.length());
            }
            seen.append(line).append('\n');
        }
        throw new AssertionError("other JVM ended: " + seen);
    }
}
