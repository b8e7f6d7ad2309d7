package io.lakebaseops.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lakebaseops.config.ModelSettings.Caps;
import io.lakebaseops.config.ModelSettings.Price;
import io.lakebaseops.config.ModelSettings.Provider;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

class ModelFileTest {
    private static final ModelSettings SETTINGS =
            new ModelSettings(
                    true,
                    Provider.ANTHROPIC,
                    URI.create("https://api.anthropic.com/v1"),
                    "claude",
                    "my-key",
                    new Caps(5, 20_000, Duration.ofSeconds(40), new BigDecimal("0.25")),
                    new Price(new BigDecimal("3"), new BigDecimal("15.50")),
                    null);

    @TempDir Path home;
    private ModelFile file;

    @BeforeEach
    void open() {
        file = new ModelFile(home);
    }

    @Test
    void without_a_file_there_is_no_model() throws Exception {
        assertThat(file.read().settings()).isEqualTo(ModelSettings.OFF);
        assertThat(ModelSettings.OFF.on()).isFalse();
        assertThat(file.read().troubles()).isEmpty();
    }

    @Test
    void what_is_written_is_read_again() throws Exception {
        file.write(SETTINGS);
        assertThat(file.read().settings()).isEqualTo(SETTINGS);
        file.write(SETTINGS.agreed(true));
        var read = file.read().settings();
        assertThat(read.agreed()).isEqualTo("https://api.anthropic.com");
        assertThat(read.consented()).isTrue();
        file.write(ModelSettings.OFF);
        assertThat(file.read().settings()).isEqualTo(ModelSettings.OFF);
    }

    @Test
    void consent_belongs_to_a_server() {
        var moved =
                new ModelSettings(
                        true,
                        Provider.OPENAI_COMPATIBLE,
                        URI.create("https://elsewhere.example/v1"),
                        "m",
                        "k",
                        Caps.USUAL,
                        null,
                        SETTINGS.agreed(true).agreed());
        assertThat(moved.consented()).isFalse();
        assertThat(SETTINGS.agreed(true).agreed(false).consented()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "on: true",
                "on: true\nurl: http://models.example/v1\nmodel: m",
                "on: true\nurl: https://me:s3cr3t-word@models.example/v1\nmodel: m",
                "on: true\nurl: https://models.example/v1?key=s3cr3t-word\nmodel: m",
                "on: true\nurl: https://models.example/v1\nmodel: m\nkey: s3cr3t-word",
                "on: true\nurl: https://models.example/v1\nmodel: m\nrounds: s3cr3t-word",
                "on: true\nurl: https://models.example/v1\nmodel: m\nrounds: 5000",
                "on: true\nurl: https://models.example/v1\nmodel: m\ncost: 1",
                "on: true\nurl: https://models.example/v1\nmodel: m\nprovider: s3cr3t-word",
                "on: true\nurl: https://models.example/v1\nmodel: m\nkey_secret: \"a key\"",
                "on: true\nurl: ftp://127.0.0.1/v1\nmodel: m",
                "on: [s3cr3t-word\n  : :",
            })
    void what_is_wrong_leaves_it_off_and_repeats_no_value(String text) throws Exception {
        Files.writeString(home.resolve(ModelFile.NAME), text);
        var content = file.read();
        assertThat(content.settings()).isEqualTo(ModelSettings.OFF);
        assertThat(content.troubles()).hasSize(1);
        assertThat(content.troubles().getFirst())
                .contains(ModelFile.NAME)
                .doesNotContain("s3cr3t-word");
    }

    @Test
    void plain_http_goes_to_this_machine_only() {
        assertThat(ModelSettings.address("http://127.0.0.1:11434/v1").getPort()).isEqualTo(11434);
        assertThat(ModelSettings.address(" http://localhost:8000/v1 ").getHost())
                .isEqualTo("localhost");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelSettings.address("http://localhost.example/v1"));
    }

    @Test
    void a_million_tokens_have_their_price() {
        var price = new Price(new BigDecimal("3"), new BigDecimal("15"));
        assertThat(price.of(12_000, 400)).isEqualByComparingTo("0.042");
        assertThat(price.of(1, 0)).isEqualByComparingTo("0.000003");
    }
}
