package io.lakebaseops.console;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The look of the window when it was last closed, in a small JSON file; losing it loses nothing.
///
/// @param theme null while nobody chose one: as the desktop's
/// @param width with its frame
/// @param target `profile/project/branch` looked at last; null before the first time
/// @param fleet all servers were shown, not one; null before the first time
/// @param language null while nobody chose one: as the system's
/// @param x its left edge in the coordinates of all displays; null before the first time
/// @param reducedMotion null while nobody chose: as the system's
@JsonIgnoreProperties(ignoreUnknown = true)
public record ConsoleMemory(
        @Nullable Theme theme,
        double width,
        double height,
        boolean maximized,
        @Nullable String target,
        @Nullable Boolean fleet,
        @Nullable Double x,
        @Nullable Double y,
        @Nullable Language language,
        @Nullable Boolean reducedMotion) {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleMemory.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    static final ConsoleMemory FRESH =
            new ConsoleMemory(null, 1600, 900, false, null, null, null, null, null, null);

    public ConsoleMemory {
        width = Math.clamp(width, 1024, 7680);
        height = Math.clamp(height, 640, 4320);
    }

    /// A missing or damaged file is as good as none.
    public static ConsoleMemory read(Path file) {
        if (!Files.isRegularFile(file)) {
            return FRESH;
        }
        try {
            return JSON.readValue(file.toFile(), ConsoleMemory.class);
        } catch (IOException e) {
            LOG.warn("{} is not readable, the window opens as new: {}", file, e.getMessage());
            return FRESH;
        }
    }

    public void write(Path file) {
        try {
            var folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), this);
        } catch (IOException e) {
            LOG.warn("The window's size is not remembered in {}: {}", file, e.getMessage());
        }
    }
}
