package io.lakebaseops.domain;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Objects;

/// A value together with where it comes from and when it was true.
///
/// @param value null exactly when `source` is UNAVAILABLE
/// @param reason why the value is unavailable or what limits it, in words for a person
public record Observed<T>(@Nullable T value, Source source, Instant at, @Nullable String reason) {
    public Observed {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(at, "at");
        if ((value == null) != (source == Source.UNAVAILABLE)) {
            throw new IllegalArgumentException("A value is absent if and only if UNAVAILABLE");
        }
        if (source == Source.UNAVAILABLE && (reason == null || reason.isBlank())) {
            throw new IllegalArgumentException("An unavailable value needs its reason");
        }
    }

    public static <T> Observed<T> live(T value, Instant at) {
        return new Observed<>(value, Source.LIVE, at, null);
    }

    public static <T> Observed<T> unavailable(String reason, Instant at) {
        return new Observed<>(null, Source.UNAVAILABLE, at, reason);
    }

    public boolean available() {
        return value != null;
    }
}
