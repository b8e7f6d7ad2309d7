package io.lakebaseops.agents.health.diagnosis;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/// The causes this program knows, as the file `diagnosis/causes.yaml` has them. A rule that names
/// an unknown fact or metric fails when the file is read.
final class CauseRules {
    private static final String FILE = "/diagnosis/causes.yaml";

    private CauseRules() {}

    private static final class Holder {
        static final List<CauseRule> STANDARD = read();
    }

    static List<CauseRule> standard() {
        return Holder.STANDARD;
    }

    private static List<CauseRule> read() {
        var mapper =
                YAMLMapper.builder()
                        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                        .build();
        try (InputStream in = CauseRules.class.getResourceAsStream(FILE)) {
            var rules =
                    mapper.readValue(
                            Objects.requireNonNull(in, FILE),
                            new TypeReference<List<CauseRule>>() {});
            var names = new HashSet<String>();
            for (var rule : rules) {
                if (!names.add(rule.cause())) {
                    throw new IllegalArgumentException(FILE + " has two rules " + rule.cause());
                }
            }
            return List.copyOf(rules);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
    }
}
