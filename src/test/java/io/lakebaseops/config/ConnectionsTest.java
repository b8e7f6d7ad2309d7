package io.lakebaseops.config;

import static io.lakebaseops.testing.FileRights.assertOwnerOnly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.platform.OperatingSystem;
import io.lakebaseops.platform.UserFolders;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class ConnectionsTest {
    @TempDir Path home;

    @Test
    void profilesAreReadBackAsWritten() throws Exception {
        var all =
                List.<ConnectionProfile>of(
                        new ConnectionProfile.Lakebase("local", "http://127.0.0.1:8090"),
                        new ConnectionProfile.DatabricksProfile("prod", "DEFAULT"),
                        new ConnectionProfile.Jdbc("orders", "jdbc:postgresql://db1/orders", "dba"),
                        new ConnectionProfile.Jdbc("own", "jdbc:postgresql://db1/o?user=x", null),
                        new ConnectionProfile.Service("legacy", "legacy"));
        var file = new ConnectionsFile(home);
        assertThat(file.read().profiles()).isEmpty();
        file.write(all);
        assertThat(file.read()).isEqualTo(new ConnectionsFile.Content(all, List.of()));
    }

    @Test
    void aWrongEntryIsNamedWithWhatIsWrongAndTheOthersAreThere() throws Exception {
        Files.writeString(
                home.resolve("connections.yaml"),
                """
                connections:
                  - {name: good, kind: service, service: x}
                  - {name: bad, kind: jdbc, url: "jdbc:postgresql://h/d?password=s3cret"}
                """);
        var content = new ConnectionsFile(home).read();
        assertThat(content.profiles()).extracting(ConnectionProfile::name).containsExactly("good");
        assertThat(content.troubles())
                .singleElement()
                .asString()
                .contains("entry 2 (bad)")
                .contains("secret store")
                .doesNotContain("s3cret");
    }

    @Test
    void textThatIsNoYamlIsSaidWithItsLineAndCostsNothingElse() throws Exception {
        Files.writeString(
                home.resolve("connections.yaml"), "connections:\n  - {name: good, kind: service\n");
        var content = new ConnectionsFile(home).read();
        assertThat(content.profiles()).isEmpty();
        assertThat(content.troubles())
                .singleElement()
                .asString()
                .contains("connections.yaml, line ")
                .contains("is not valid YAML");
    }

    @Test
    void aTokenNeverTravelsUnencryptedBeyondThisMachine() {
        assertThatThrownBy(() -> new ConnectionProfile.Lakebase("x", "http://example.com"))
                .hasMessageContaining("https");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost.evil.example",
                "http://127.evil.example",
                "http://127.0.0.1@evil.example",
                "http://127.0.0.1:s3cret@evil.example",
                "https://user:s3cret@host.example",
                "http://[::1]@evil.example",
                "https://host.example/s3cret",
                "https://host.example?token=s3cret",
                "ftp://127.0.0.1",
                "https://",
                "http://127.0.0.1.evil.example:80"
            })
    void lookAlikesOfAWorkspaceAddressAreRefusedWithoutRepeatingASecret(String host) {
        assertThatThrownBy(() -> new ConnectionProfile.Lakebase("x", host))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://h/d?pass%77ord=s3cret",
                "jdbc:postgresql://h/d?ssl=true&sslpassword=s3cret",
                "jdbc:postgresql://h/d?PASSWORD=s3cret",
                "jdbc:postgresql://dba:s3cret@h/d",
                "postgresql://dba:s3cret@h/d",
                "postgres://dba@h/d?password=s3cret",
                "host=h user=dba password=s3cret",
                "password = 's3cret' host=h",
                "jdbc:postgresql://h/d?a=%zz"
            })
    void aPasswordInAUrlIsRefusedHoweverItIsSpelt(String url) {
        assertThatThrownBy(() -> new ConnectionProfile.Jdbc("x", url, "dba"))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void thisMachineIsReachedInPlainText() {
        for (var host :
                List.of("http://localhost:8090", "http://127.0.0.1:8090/", "http://[::1]")) {
            assertThat(new ConnectionProfile.Lakebase("x", host).host()).isEqualTo(host);
        }
    }

    @Test
    void secretsSurviveAReopenAndAreNotReadableInTheFiles() throws Exception {
        var store = new FileSecretStore(home);
        store.put("orders", "correct horse");
        store.put("local", "dapi-123");
        store.remove("local");
        var again = new FileSecretStore(home);
        assertThat(again.get("orders")).contains("correct horse");
        assertThat(again.get("local")).isEmpty();
        assertThat(again.toString()).doesNotContain("correct");
        for (var file : List.of("secrets.bin", "secrets.key")) {
            assertThat(
                            new String(
                                    Files.readAllBytes(home.resolve(file)),
                                    StandardCharsets.ISO_8859_1))
                    .doesNotContain("correct horse")
                    .doesNotContain("orders");
            assertOwnerOnly(home.resolve(file));
        }
    }

    @Test
    void anAlteredSecretFileIsRefused() throws Exception {
        var store = new FileSecretStore(home);
        store.put("a", "b");
        var bytes = Files.readAllBytes(home.resolve("secrets.bin"));
        bytes[bytes.length - 1] ^= 1;
        Files.write(home.resolve("secrets.bin"), bytes);
        assertThatThrownBy(() -> store.get("a")).hasMessageContaining("altered");
    }

    @Test
    void theEnvironmentWinsOverTheFileWhenAskedFirst() {
        var file = new FileSecretStore(home);
        file.put("my-db", "from file");
        var env = SecretStore.ofEnvironment(Map.of("LAKEBASEOPS_SECRET_MY_DB", "from env"));
        assertThat(SecretStore.firstOf(env, file).get("my-db")).contains("from env");
        assertThat(SecretStore.firstOf(SecretStore.ofEnvironment(Map.of()), file).get("my-db"))
                .contains("from file");
    }

    @Test
    void theConfigurationLivesWhereThePlatformExpectsIt() {
        var user = Path.of("/home/me");
        var chosen = Map.of("LAKEBASEOPS_HOME", "/etc/lo");
        assertThat(ConfigHome.of(new UserFolders(OperatingSystem.LINUX, user, chosen)))
                .isEqualTo(Path.of("/etc/lo"));
        assertThat(ConfigHome.of(new UserFolders(OperatingSystem.LINUX, user, Map.of())))
                .isEqualTo(Path.of("/home/me/.config/lakebaseops"));
    }
}
