package io.lakebaseops.console;

import io.lakebaseops.domain.OpsException;

import java.time.Instant;

/// What a command of a person brought to light; stays on the screen until it is dismissed.
///
/// @param text what failed, why, and what to do
public record Notice(Instant at, String text) {

    /// The failure in words: never empty, whatever was thrown.
    public static String words(Throwable failure) {
        var message = failure.getMessage();
        var name = failure.getClass().getSimpleName();
        if (message == null || message.isBlank()) {
            return name;
        }
        return failure instanceof OpsException ? message : message + " (" + name + ")";
    }
}
