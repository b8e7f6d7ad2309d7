package io.lakebaseops.domain.plan;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.BiConsumer;

/// A writer of named fields whose text depends on the values alone, for hashing.
///
/// Each value stands behind its length, so that no two lists of fields run together into one text.
/// What is absent (null, false, 0, no element) is not written at all: a field added by a later
/// version leaves the text of older values as it was, and NULL differs from the word `null`.
public final class CanonicalForm {
    private final StringBuilder out = new StringBuilder();

    public CanonicalForm text(String field, @Nullable Object value) {
        return value == null ? this : written(field, value.toString());
    }

    private CanonicalForm written(String field, CharSequence text) {
        out.append(field).append('=').append(text.length()).append(':').append(text).append(';');
        return this;
    }

    public CanonicalForm flag(String field, boolean value) {
        return value ? text(field, "yes") : this;
    }

    public CanonicalForm number(String field, long value) {
        return value == 0 ? this : text(field, value);
    }

    /// Without an exponent and trailing zeros: 1, 1.0 and 1e0 are one number.
    public CanonicalForm number(String field, double value) {
        return value == 0
                ? this
                : text(field, BigDecimal.valueOf(value).stripTrailingZeros().toPlainString());
    }

    CanonicalForm part(String field, CanonicalForm part) {
        return written(field, part.out);
    }

    /// The fields of the other, as if they were written here.
    CanonicalForm fields(CanonicalForm other) {
        out.append(other.out);
        return this;
    }

    public CanonicalForm branch(String project, String branch) {
        return text("project", project).text("branch", branch);
    }

    public CanonicalForm pairs(String field, Map<String, String> pairs) {
        return each(
                field,
                pairs.entrySet(),
                (f, e) -> f.text("name", e.getKey()).text("value", e.getValue()));
    }

    public <T> CanonicalForm each(
            String field, Collection<T> values, BiConsumer<CanonicalForm, T> writer) {
        for (var value : values) {
            var part = new CanonicalForm();
            writer.accept(part, value);
            part(field, part);
        }
        return this;
    }

    String sha256() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(out.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
