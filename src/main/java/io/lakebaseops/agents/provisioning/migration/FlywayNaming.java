package io.lakebaseops.agents.provisioning.migration;

import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.internal.resolver.ChecksumCalculator;
import org.flywaydb.core.internal.resource.ResourceNameParser;
import org.flywaydb.core.internal.resource.StringResource;
import org.jspecify.annotations.Nullable;

/// Flyway's reading of file names and its checksums.
///
/// Flyway offers neither in its public interface. This is the one class that uses its internals; a
/// test holds it against recorded checksums and against what Flyway itself finds in a folder.
final class FlywayNaming {
    private FlywayNaming() {}

    /// @param version null for a repeatable migration
    /// @param runs false for an undo file, which is left alone
    /// @param problem why it is no migration's name, in Flyway's words; null when it is one
    record Name(
            @Nullable MigrationVersion version,
            String description,
            boolean runs,
            @Nullable String problem) {}

    static Name parse(String file) {
        var parsed = new ResourceNameParser(new FluentConfiguration()).parse(file);
        if (!parsed.isValid()) {
            return new Name(null, "", false, parsed.getValidityMessage());
        }
        boolean repeatable = parsed.getPrefix().equals("R");
        return new Name(
                repeatable ? null : parsed.getVersion(),
                parsed.getDescription(),
                repeatable || parsed.getPrefix().equals("V"),
                null);
    }

    /// CRC-32 over the lines, line ends and byte order mark left out.
    static int checksum(String text) {
        return ChecksumCalculator.calculate(new StringResource(text));
    }
}
