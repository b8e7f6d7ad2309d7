package io.lakebaseops.ask.meaning;

import org.jspecify.annotations.Nullable;

/// Gives sentences vectors that lie near each other when they mean the same.
public interface SentenceVectors {
    /// Of length one; null when it cannot be had now: then words alone decide.
    float @Nullable [] of(String sentence);
}
