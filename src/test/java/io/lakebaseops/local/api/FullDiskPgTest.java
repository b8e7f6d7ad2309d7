package io.lakebaseops.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lakebaseops.local.compute.server.ComputeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// The fault "full disk", on a file system of 260 MB that a process without rights mounts for
/// itself.
@EnabledOnOs(OS.LINUX)
class FullDiskPgTest {
    /// A tmpfs in a mount namespace of its own; the program keeps an ordinary uid, as PostgreSQL
    /// wants it. $1 size, $2 where, the rest is the program.
    private static final List<String> SMALL_DISK =
            List.of(
                    "unshare",
                    "--user",
                    "--map-user=1000",
                    "--map-group=1000",
                    "--mount",
                    "--keep-caps",
                    "--",
                    "sh",
                    "-c",
                    "mount -t tmpfs -o size=$1,mode=700 tmpfs \"$2\" && shift 2 && exec \"$@\"",
                    "sh",
                    "260m");

    @Test
    void aFullDiskStopsWritesOnlyAndNothingIsLostWhenItIsFreed(@TempDir Path dir) throws Exception {
        var branches = Files.createDirectories(dir.resolve("branches"));
        assumeTrue(
                mounts(branches),
                "unavailable on this system: no tmpfs can be mounted without root");
        var seen =
                said(
                        started(
                                branches,
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx300m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Duser.name=local",
                                "-Duser.home=" + System.getProperty("user.home"),
                                "-cp",
                                System.getProperty("java.class.path"),
                                FullDiskScenario.class.getName(),
                                dir.toString()));
        System.out.println(seen);
        assertThat(seen.get("table")).startsWith("53100").contains("No space left on device");
        assertThat(seen.get("console"))
                .contains("No space left on device", "53100", "the server's disk is full");
        assertThat(seen).containsEntry("reads", "1000");
        assertThat(seen.get("log")).as("the server panics").matches("(53100|08|57).*");
        assertThat(seen.get("login")).as("during the fault").matches("works|(53100|57P03) .*");
        assertThat(seen)
                .containsEntry("rows", "1000")
                .containsEntry("kept", "all")
                .containsEntry("writes", "work");
    }

    @Test
    void aDiskThatOthersUseIsNotFilled(@TempDir Path dir) {
        try (var sdk = new SdkFixture(dir)) {
            sdk.project("shop");
            var faults =
                    sdk.lakebase().faults("projects/shop/branches/production/endpoints/primary");
            assertThatThrownBy(() -> faults.fullDisk(true))
                    .isInstanceOf(ComputeException.class)
                    .hasMessageContaining("unavailable on this system")
                    .hasMessageContaining("small file system of its own");
            faults.clear();
        }
    }

    /// False also where there is no such program.
    private static boolean mounts(Path branches) throws InterruptedException {
        try {
            return started(branches, "true").waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    private static Process started(Path branches, String... program) throws IOException {
        var command = new ArrayList<>(SMALL_DISK);
        command.add(branches.toString());
        command.addAll(List.of(program));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    private static Map<String, String> said(Process process) throws Exception {
        var seen = new TreeMap<String, String>();
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                var parts = line.split(": ", 2);
                if (parts.length == 2) {
                    seen.put(parts[0], parts[1]);
                }
            }
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return seen;
    }
}
