package io.lakebaseops.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.platform.OwnerOnly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Whether a file or folder is for its owner only: mode 0600 or 0700, on Windows no reader that may
/// not read the user's home.
public final class FileRights {
    private FileRights() {}

    public static void assertOwnerOnly(Path place) throws IOException {
        if (place.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
                    .as(place.toString())
                    .isEqualTo(Files.isDirectory(place) ? "rwx------" : "rw-------");
        }
        assertThat(OwnerOnly.othersMayRead(place)).as(place.toString()).isFalse();
    }
}
