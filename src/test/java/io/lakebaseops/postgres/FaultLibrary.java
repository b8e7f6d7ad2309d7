package io.lakebaseops.postgres;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The product's own capability queries together with statements that misbehave on purpose.
final class FaultLibrary {
    private FaultLibrary() {}

    static SqlLibrary in(Path dir) throws IOException, URISyntaxException {
        var faults = FaultLibrary.class.getResource("/sql-of-tests/faults/sleep.sql");
        var product = FaultLibrary.class.getResource("/sql/capability/probe.sql");
        if (faults == null || product == null) {
            throw new IllegalStateException("Test resources are missing");
        }
        copy(Path.of(faults.toURI()).resolveSibling(""), dir.resolve("faults"));
        copy(Path.of(product.toURI()).resolveSibling(""), dir.resolve("capability"));
        return SqlLibrary.in(dir);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (var file : files.toList()) {
                Files.copy(
                        file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
