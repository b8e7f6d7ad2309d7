package io.lakebaseops.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.lakebaseops.config.ModelSettings.Caps;
import io.lakebaseops.config.ModelSettings.Price;
import io.lakebaseops.config.ModelSettings.Provider;
import io.lakebaseops.platform.PrivateFiles;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The file that names the language model, `model.yaml`; without it there is none:
///
/// ```
/// on: true
/// provider: openai-compatible          # or anthropic
/// url: https://adb-1.azuredatabricks.net/serving-endpoints
/// model: databricks-claude-sonnet
/// key_secret: language-model
/// rounds: 8
/// tokens: 100000
/// seconds: 90
/// price_in: 3.00                       # for a million tokens
/// price_out: 15.00
/// cost: 0.50                           # of one answer at most
/// agreed: https://adb-1.azuredatabricks.net
/// ```
///
/// A file with a trouble in it leaves the model off. No trouble repeats a value: it may be a key
/// that was written into the wrong place.
public final class ModelFile {
    public static final String NAME = "model.yaml";

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Set<String> WORDS =
            Set.of(
                    "on",
                    "provider",
                    "url",
                    "model",
                    "key_secret",
                    "rounds",
                    "tokens",
                    "seconds",
                    "price_in",
                    "price_out",
                    "cost",
                    "agreed");

    private final Path file;

    public ModelFile(Path home) {
        this.file = home.resolve(NAME);
    }

    /// @param troubles each names the file and the reason
    public record Content(ModelSettings settings, List<String> troubles) {
        public Content {
            troubles = List.copyOf(troubles);
        }
    }

    public synchronized Content read() throws IOException {
        if (!Files.exists(file)) {
            return new Content(ModelSettings.OFF, List.of());
        }
        try {
            return new Content(settings(YAML.readTree(file.toFile())), List.of());
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            return off("line %d is not valid YAML".formatted(at == null ? 0 : at.getLineNr()));
        } catch (IllegalArgumentException e) {
            return off(String.valueOf(e.getMessage()));
        }
    }

    private Content off(String why) {
        return new Content(ModelSettings.OFF, List.of(file + ": " + why));
    }

    private static ModelSettings settings(JsonNode root) {
        for (var entry : root.properties()) {
            if (!WORDS.contains(entry.getKey())) {
                throw new IllegalArgumentException(
                        "a word in it is not known; known are "
                                + String.join(", ", WORDS.stream().sorted().toList()));
            }
        }
        var usual = Caps.USUAL;
        var url = text(root, "url");
        var in = number(root, "price_in");
        var out = number(root, "price_out");
        if ((in == null) != (out == null)) {
            throw new IllegalArgumentException("price_in and price_out belong together");
        }
        var secret = text(root, "key_secret");
        var model = text(root, "model");
        return new ModelSettings(
                root.path("on").asBoolean(false),
                provider(text(root, "provider")),
                url == null ? null : ModelSettings.address(url),
                model == null ? "" : model,
                secret == null ? ModelSettings.KEY_SECRET : secret,
                new Caps(
                        (int) whole(root, "rounds", usual.rounds()),
                        whole(root, "tokens", usual.tokens()),
                        Duration.ofSeconds(whole(root, "seconds", usual.time().toSeconds())),
                        number(root, "cost")),
                in == null || out == null ? null : new Price(in, out),
                text(root, "agreed"));
    }

    private static Provider provider(@Nullable String word) {
        return switch (word == null ? "openai-compatible" : word) {
            case "openai-compatible" -> Provider.OPENAI_COMPATIBLE;
            case "anthropic" -> Provider.ANTHROPIC;
            default ->
                    throw new IllegalArgumentException(
                            "provider is openai-compatible or anthropic");
        };
    }

    private static @Nullable String text(JsonNode root, String key) {
        var value = root.path(key);
        if (value.isContainerNode()) {
            throw new IllegalArgumentException(key + " is a text");
        }
        return value.isMissingNode() || value.isNull() || value.asText().isBlank()
                ? null
                : value.asText().strip();
    }

    private static @Nullable BigDecimal number(JsonNode root, String key) {
        var text = text(root, key);
        if (text == null) {
            return null;
        }
        if (!text.matches("\\d{1,9}(\\.\\d{1,9})?")) {
            throw new IllegalArgumentException(key + " is a number");
        }
        return new BigDecimal(text);
    }

    private static long whole(JsonNode root, String key, long usual) {
        var text = text(root, key);
        if (text == null) {
            return usual;
        }
        if (!text.matches("\\d{1,9}")) {
            throw new IllegalArgumentException(key + " is a whole number");
        }
        return Long.parseLong(text);
    }

    /// In place of what the file held.
    public synchronized void write(ModelSettings s) throws IOException {
        var root = YAML.createObjectNode();
        root.put("on", s.on());
        root.put("provider", s.provider().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        root.put("url", s.url() == null ? null : s.url().toString());
        root.put("model", s.model());
        root.put("key_secret", s.keySecret());
        root.put("rounds", s.caps().rounds());
        root.put("tokens", s.caps().tokens());
        root.put("seconds", s.caps().time().toSeconds());
        var price = s.price();
        if (price != null) {
            root.put("price_in", price.in().toPlainString());
            root.put("price_out", price.out().toPlainString());
        }
        var cost = s.caps().cost();
        root.put("cost", cost == null ? null : cost.toPlainString());
        root.put("agreed", s.agreed());
        PrivateFiles.replace(file, YAML.writeValueAsString(root));
    }
}
