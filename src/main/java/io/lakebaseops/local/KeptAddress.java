package io.lakebaseops.local;

import io.lakebaseops.local.api.http.Json;
import io.lakebaseops.platform.PrivateFiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The port and token of a control plane that shall be the same at its next start, so that a
/// client's configuration stays right. Kept in `address.json`, readable by its owner only.
record KeptAddress(int port, String token) {
    private static final String FILE = "address.json";

    static Optional<KeptAddress> read(Path dir) throws IOException {
        Path file = dir.resolve(FILE);
        return Files.exists(file)
                ? Optional.of(Json.MAPPER.readValue(file.toFile(), KeptAddress.class))
                : Optional.empty();
    }

    void write(Path dir) throws IOException {
        PrivateFiles.replace(dir.resolve(FILE), Json.MAPPER.writeValueAsBytes(this), true);
    }
}
