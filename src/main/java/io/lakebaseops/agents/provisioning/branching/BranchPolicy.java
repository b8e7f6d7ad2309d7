package io.lakebaseops.agents.provisioning.branching;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.OpsException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The policy of branch names, lives and counts. Read from `policy/branch-policy.yaml`.
public record BranchPolicy(
        Limits limits,
        boolean attributionRequired,
        Who who,
        PullRequests pullRequests,
        Map<String, Type> types) {
    /// The type for names that fit no other.
    public static final String EPHEMERAL = "ephemeral";

    public BranchPolicy {
        types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
        if (!types.containsKey(EPHEMERAL)) {
            throw new IllegalArgumentException("The branch policy needs the type " + EPHEMERAL);
        }
    }

    /// @param branches unarchived branches the platform allows per project
    /// @param warningShare of `branches`, 0 to 1
    public record Limits(
            int branches,
            double warningShare,
            double criticalShare,
            Duration longestTtl,
            Duration warnAhead) {}

    /// Which kinds of actor may do what, unless a type says otherwise.
    public record Who(
            List<Actor.Kind> create,
            List<Actor.Kind> delete,
            List<Actor.Kind> reset,
            List<Actor.Kind> protect) {
        public Who {
            create = List.copyOf(create);
            delete = List.copyOf(delete);
            reset = List.copyOf(reset);
            protect = List.copyOf(protect);
        }
    }

    /// @param source what their branches are copied from
    /// @param extendBelow life left under which the branch of an open one is extended
    /// @param silentAfter one nothing was heard of for so long no longer counts as open
    public record PullRequests(String source, Duration extendBelow, Duration silentAfter) {}

    /// @param pattern a literal name, or a prefix and a part in angle brackets
    /// @param part regular expression for that part; null = any slug
    /// @param ttl null = no expiry
    /// @param isProtected asks the platform to protect it
    /// @param guarded our own policy refuses to delete or reset it unasked
    /// @param ttlChildless life from now of one without children, where `ttl` is left out
    /// @param deleteBy who may delete one; null = as `who` says
    /// @param resetBy who may reset one; null = as `who` says
    public record Type(
            String pattern,
            @Nullable String part,
            @Nullable Duration ttl,
            @JsonProperty("protected") boolean isProtected,
            boolean guarded,
            @Nullable Duration ttlChildless,
            @Nullable List<Actor.Kind> deleteBy,
            @Nullable List<Actor.Kind> resetBy) {
        /// What stands before the part that is filled in; the whole name for a literal pattern.
        String prefix() {
            int angle = pattern.indexOf('<');
            return angle < 0 ? pattern : pattern.substring(0, angle);
        }

        boolean literal() {
            return pattern.indexOf('<') < 0;
        }

        /// From the first letter to the last: `staging-copy` is not staging.
        boolean fits(String slug) {
            if (literal()) {
                return slug.equals(pattern);
            }
            return slug.length() > prefix().length()
                    && slug.startsWith(prefix())
                    && partFits(slug.substring(prefix().length()));
        }

        boolean partFits(String text) {
            return part == null || text.matches(part);
        }
    }

    /// The policy that comes with the product.
    public static BranchPolicy standard() {
        try (var in = BranchPolicy.class.getResourceAsStream("/policy/branch-policy.yaml")) {
            if (in == null) {
                throw new IOException("it is not on the class path");
            }
            return read(in);
        } catch (IOException e) {
            throw new OpsException(
                    OpsException.Kind.INTERNAL,
                    "Reading policy/branch-policy.yaml",
                    String.valueOf(e.getMessage()),
                    "correct the file or reinstall",
                    e);
        }
    }

    static BranchPolicy read(InputStream in) throws IOException {
        return YAMLMapper.builder()
                .addModule(new JavaTimeModule())
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .build()
                .readValue(in, BranchPolicy.class);
    }

    /// The type a finished name belongs to: the one with the longest prefix that fits.
    public String typeOf(String slug) {
        return types.entrySet().stream()
                .filter(e -> e.getValue().fits(slug))
                .max(
                        (a, b) ->
                                Integer.compare(
                                        a.getValue().prefix().length(),
                                        b.getValue().prefix().length()))
                .map(Map.Entry::getKey)
                .orElse(EPHEMERAL);
    }

    public Optional<Type> type(String name) {
        return Optional.ofNullable(types.get(name));
    }
}
