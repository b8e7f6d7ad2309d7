package io.lakebaseops.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Map;

final class DataHomeTest {
    private static final Path HOME = Path.of("/home/ann");

    @Test
    void data_live_where_each_platform_keeps_user_data() {
        assertThat(DataHome.of("Linux", HOME, Map.of()))
                .isEqualTo(HOME.resolve(".local/share/lakebaseops/local"));
        assertThat(DataHome.of("Linux", HOME, Map.of("XDG_DATA_HOME", "/data")))
                .isEqualTo(Path.of("/data/lakebaseops/local"));
        assertThat(DataHome.of("Mac OS X", HOME, Map.of()))
                .isEqualTo(HOME.resolve("Library/Application Support/LakebaseOps/local"));
        assertThat(DataHome.of("Windows 11", HOME, Map.of("LOCALAPPDATA", "/app")))
                .isEqualTo(Path.of("/app/LakebaseOps/local"));
    }
}
