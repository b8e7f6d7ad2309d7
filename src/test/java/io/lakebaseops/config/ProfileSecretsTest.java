package io.lakebaseops.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.javakeyring.PasswordAccessException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

final class ProfileSecretsTest {
    @TempDir private Path home;

    private static final class FakeKeychain implements KeychainSecretStore.Keychain {
        final Map<String, String> kept = new HashMap<>();
        final AtomicInteger reads = new AtomicInteger();
        boolean locked;

        @Override
        public String read(String account) throws PasswordAccessException {
            reads.incrementAndGet();
            if (locked) {
                throw new PasswordAccessException("locked");
            }
            return kept.get(account);
        }

        @Override
        public void write(String account, String secret) throws PasswordAccessException {
            if (locked) {
                throw new PasswordAccessException("locked");
            }
            kept.put(account, secret);
        }

        @Override
        public void delete(String account) {
            kept.remove(account);
        }
    }

    private KeychainSecretStore chain(FakeKeychain keychain) {
        return new KeychainSecretStore(home, keychain, Runnable::run);
    }

    @Test
    void the_keychain_is_not_asked_for_a_profile_that_has_nothing_in_it() throws Exception {
        var keychain = new FakeKeychain();
        assertThat(chain(keychain).get("orders")).isEmpty();
        assertThat(keychain.reads).hasValue(0);
        chain(keychain).put("orders", "s3cret");
        assertThat(chain(keychain).get("orders")).contains("s3cret");
        chain(keychain).remove("orders");
        assertThat(chain(keychain).get("orders")).isEmpty();
        assertThat(keychain.kept).isEmpty();
    }

    @Test
    void the_list_of_names_holds_no_secret_and_another_home_has_its_own() throws Exception {
        var keychain = new FakeKeychain();
        chain(keychain).put("orders", "s3cret");
        assertThat(Files.readString(home.resolve("secrets.keychain"))).isEqualTo("orders\n");
        var other = new KeychainSecretStore(home.resolve("other"), keychain, Runnable::run);
        other.put("orders", "another");
        assertThat(chain(keychain).get("orders")).contains("s3cret");
        assertThat(chain(keychain).toString()).doesNotContain("s3cret");
    }

    @Test
    void a_locked_keychain_says_so_without_the_secret() {
        var keychain = new FakeKeychain();
        keychain.locked = true;
        assertThatThrownBy(() -> chain(keychain).put("orders", "s3cret"))
                .hasMessageContaining("unlock it")
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void a_machine_without_a_desktop_has_the_encrypted_file() throws Exception {
        var secrets =
                new ProfileSecrets(home, Map.of("LAKEBASEOPS_KEYCHAIN", "off"), Runnable::run);
        assertThat(secrets.hasKeychain()).isFalse();
        secrets.put("orders", "s3cret", ProfileSecrets.Place.FILE);
        assertThat(secrets.get("orders")).contains("s3cret");
        try (var files = Files.walk(home)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .doesNotContain("s3cret");
            }
        }
    }

    @Test
    void a_secret_is_kept_in_one_place_only() {
        var secrets =
                new ProfileSecrets(home, Map.of("LAKEBASEOPS_KEYCHAIN", "off"), Runnable::run);
        secrets.put("orders", "one", ProfileSecrets.Place.FILE);
        secrets.put("orders", "two", ProfileSecrets.Place.THIS_RUN);
        assertThat(secrets.get("orders")).contains("two");
        assertThat(new FileSecretStore(home).get("orders")).isEmpty();
        secrets.remove("orders");
        assertThat(secrets.get("orders")).isEmpty();
    }

    @Test
    void the_environment_wins() {
        var secrets =
                new ProfileSecrets(home, Map.of("LAKEBASEOPS_SECRET_ORDERS", "env"), Runnable::run);
        secrets.put("orders", "typed", ProfileSecrets.Place.THIS_RUN);
        assertThat(secrets.get("orders")).contains("env");
    }
}
