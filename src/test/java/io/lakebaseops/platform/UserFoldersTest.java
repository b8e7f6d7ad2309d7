package io.lakebaseops.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Map;

final class UserFoldersTest {
    private static final Path HOME = Path.of("/home/ann");

    private static UserFolders of(OperatingSystem system, Map<String, String> env) {
        return new UserFolders(system, HOME, env);
    }

    @Test
    void everything_lies_where_each_system_keeps_it() {
        var linux = of(OperatingSystem.LINUX, Map.of());
        assertThat(linux.config()).isEqualTo(HOME.resolve(".config/lakebaseops"));
        assertThat(linux.data()).isEqualTo(HOME.resolve(".local/share/lakebaseops"));
        assertThat(linux.cache()).isEqualTo(HOME.resolve(".cache/lakebaseops"));
        var mac = of(OperatingSystem.MACOS, Map.of());
        var support = HOME.resolve("Library/Application Support/LakebaseOps");
        assertThat(mac.config()).isEqualTo(support);
        assertThat(mac.data()).isEqualTo(support);
        assertThat(mac.cache()).isEqualTo(HOME.resolve("Library/Caches/lakebaseops"));
        var windows =
                of(
                        OperatingSystem.WINDOWS,
                        Map.of("LOCALAPPDATA", "/local", "APPDATA", "/roaming"));
        assertThat(windows.config()).isEqualTo(Path.of("/roaming/LakebaseOps"));
        assertThat(windows.data()).isEqualTo(Path.of("/local/LakebaseOps"));
        assertThat(windows.passwordFile()).isEqualTo(Path.of("/roaming/postgresql/pgpass.conf"));
        assertThat(windows.serviceFile())
                .isEqualTo(Path.of("/roaming/postgresql/.pg_service.conf"));
        assertThat(linux.passwordFile()).isEqualTo(HOME.resolve(".pgpass"));
        assertThat(mac.serviceFile()).isEqualTo(HOME.resolve(".pg_service.conf"));
        assertThat(windows.cache()).isEqualTo(Path.of("/local/LakebaseOps/cache"));
    }

    @Test
    void the_xdg_variables_count_unless_they_are_empty() {
        assertThat(of(OperatingSystem.LINUX, Map.of("XDG_DATA_HOME", "/data")).data())
                .isEqualTo(Path.of("/data/lakebaseops"));
        assertThat(of(OperatingSystem.LINUX, Map.of("XDG_CONFIG_HOME", "")).config())
                .isEqualTo(HOME.resolve(".config/lakebaseops"));
    }

    @Test
    void a_system_is_known_by_its_name() {
        assertThat(OperatingSystem.of("Linux")).isEqualTo(OperatingSystem.LINUX);
        assertThat(OperatingSystem.of("Mac OS X")).isEqualTo(OperatingSystem.MACOS);
        assertThat(OperatingSystem.of("Darwin")).isEqualTo(OperatingSystem.MACOS);
        assertThat(OperatingSystem.of("Windows Server 2025")).isEqualTo(OperatingSystem.WINDOWS);
        assertThat(OperatingSystem.WINDOWS.artifact("amd64")).isEqualTo("windows-x86_64");
        assertThat(OperatingSystem.MACOS.artifact("aarch64")).isEqualTo("darwin-arm_64");
        assertThat(OperatingSystem.LINUX.artifact("amd64")).isEqualTo("linux-x86_64");
    }
}
