package io.lakebaseops.console.settings;

import io.lakebaseops.config.ModelSettings;
import io.lakebaseops.console.Texts;
import io.lakebaseops.state.ModelRequests.ModelRequest;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// The language model as it is set, and what left this machine for it last.
///
/// @param troubles what of its file could not be read
/// @param lastSent of this person's last question; null when nothing was sent
record ModelState(
        ModelSettings settings,
        boolean hasKey,
        List<String> troubles,
        @Nullable ModelRequest lastSent) {
    ModelState {
        troubles = List.copyOf(troubles);
    }

    static String word(ModelSettings.Provider provider) {
        return switch (provider) {
            case OPENAI_COMPATIBLE -> Texts.of("OpenAI-compatible");
            case ANTHROPIC -> Texts.of("Anthropic");
        };
    }
}
