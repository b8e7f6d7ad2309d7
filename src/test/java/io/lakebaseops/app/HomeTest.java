package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.config.ConnectionsFile;
import io.lakebaseops.domain.OpsException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

final class HomeTest {
    @TempDir Path dir;

    @Test
    void aHomeThatIsNotThereYetIsMadeWhenSomethingIsKept() {
        var home = new Home(dir.resolve("some/where"));
        assertThat(home.dir()).doesNotExist();
        assertThat(home.state()).isEqualTo(home.dir().resolve("state"));
        assertThat(home.dir()).isDirectory();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // modes of files are not of Windows
    void nobodyElseMayReadAHomeOrHoldItsLocks() throws IOException {
        var generous = PosixFilePermissions.fromString("rwxr-xr-x");
        var old = Files.createDirectory(dir.resolve("old"));
        Files.createDirectory(old.resolve("state"));
        Files.writeString(old.resolve("connections.yaml"), "connections: []");
        for (var folder : List.of(old, old.resolve("state"))) {
            Files.setPosixFilePermissions(folder, generous);
        }
        new Home(old).state();
        assertThat(mode(old)).isEqualTo("rwx------");
        assertThat(mode(old.resolve("state"))).isEqualTo("rwx------");

        var fresh = new Home(dir.resolve("fresh"));
        assertThat(mode(fresh.lakehouse())).isEqualTo("rwx------");
        assertThat(mode(fresh.dir())).isEqualTo("rwx------");
        new ConnectionsFile(fresh.dir()).write(List.of());
        assertThat(mode(fresh.dir().resolve("connections.yaml"))).isEqualTo("rw-------");
    }

    /// Somebody keeps our data in a folder of other things: that one is not ours to close.
    @Test
    @DisabledOnOs(OS.WINDOWS) // modes of files are not of Windows
    void aFolderOfOtherThingsStaysOpenButOurPartsDoNot() throws IOException {
        var shared = Files.createDirectory(dir.resolve("shared"));
        Files.writeString(shared.resolve("notes.txt"), "read me");
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
        var home = new Home(shared);
        assertThat(mode(home.audit())).isEqualTo("rwx------");
        assertThat(mode(shared)).isEqualTo("rwxr-xr-x");
    }

    /// The state server is started through a shell.
    @ParameterizedTest
    @ValueSource(strings = {"a`touch pwned`b", "do$lar", "q\"q", "new\nline"})
    void aNameThatAShellWouldReadIsRefusedInWords(String name) {
        System.setProperty("lakebaseops.home", dir.resolve(name).toString());
        try {
            assertThatThrownBy(Home::ofThisProcess)
                    .isInstanceOf(OpsException.class)
                    .hasMessageContaining("a shell would read");
        } finally {
            System.clearProperty("lakebaseops.home");
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void aHomeThatCannotBeIsSaidSoWithTheWayOut() throws IOException {
        var file = Files.writeString(dir.resolve("file"), "in the way");
        var home = new Home(file.resolve("home"));
        assertThatThrownBy(home::state)
                .isInstanceOf(OpsException.class)
                .hasMessageContaining(home.dir().toString())
                .hasMessageContaining("LAKEBASEOPS_HOME");
    }
}
