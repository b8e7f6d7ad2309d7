package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.domain.OpsException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
    void aHomeThatCannotBeIsSaidSoWithTheWayOut() throws IOException {
        var file = Files.writeString(dir.resolve("file"), "in the way");
        var home = new Home(file.resolve("home"));
        assertThatThrownBy(home::state)
                .isInstanceOf(OpsException.class)
                .hasMessageContaining(home.dir().toString())
                .hasMessageContaining("LAKEBASEOPS_HOME");
    }
}
