package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.ddl.DdlAct;
import io.lakebaseops.ddl.DdlReader;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.sqltext.SqlScript;

import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.internal.resolver.ChecksumCalculator;
import org.flywaydb.core.internal.resource.ResourceName;
import org.flywaydb.core.internal.resource.ResourceNameParser;
import org.flywaydb.core.internal.resource.StringResource;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What does one migration file say? Name, checksum and order as Flyway has them, so that either
/// tool can go on where the other stopped.
///
/// @param version null for a repeatable one, which runs again whenever its text changes
/// @param checksum CRC-32 over the lines, line ends and byte order mark left out
public record MigrationFile(
        String name,
        @Nullable MigrationVersion version,
        String description,
        int checksum,
        List<SqlScript.Part> statements) {
    public MigrationFile {
        statements = List.copyOf(statements);
    }

    public boolean repeatable() {
        return version == null;
    }

    /// `1.2 add customers` or `R customer view`.
    public String title() {
        return (version == null ? "R" : version.getVersion()) + " " + description;
    }

    /// True when its statements must run alone, outside a transaction block.
    public boolean alone() {
        return !statements.isEmpty() && StatementRules.refusesTransaction(statements.getFirst());
    }

    /// What a statement does to relations; nothing is known of one that the grammar refuses.
    static List<DdlAct> acts(SqlScript.Part statement) {
        var parsed = statement.parsed().single();
        return parsed == null ? List.of() : DdlReader.read(parsed);
    }

    /// @return empty for a file that is no migration or an undo file, which is left alone
    public static Optional<MigrationFile> read(Path path) {
        var named = path.getFileName();
        var name = named == null ? "" : named.toString();
        var parsed = parsed(name);
        if (parsed.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(name, parsed.get(), text(Files.readAllBytes(path))));
        } catch (CharacterCodingException e) {
            throw refused(name, "it is not UTF-8", "save it as UTF-8", e);
        } catch (IOException e) {
            throw new UncheckedIOException("Read migration " + path, e);
        }
    }

    /// @throws OpsException if the name is none of a versioned or repeatable migration
    public static MigrationFile of(String name, String text) {
        return of(
                name,
                parsed(name)
                        .orElseThrow(
                                () ->
                                        refused(
                                                name,
                                                "its name is not V<version>__<text>.sql or"
                                                        + " R__<text>.sql",
                                                "rename it",
                                                null)),
                text);
    }

    private static MigrationFile of(String name, ResourceName parsed, String text) {
        var script = SqlScript.of(SqlScript.withoutBom(text));
        var file =
                new MigrationFile(
                        name,
                        parsed.getPrefix().equals("R") ? null : parsed.getVersion(),
                        parsed.getDescription(),
                        ChecksumCalculator.calculate(new StringResource(text)),
                        script.statements());
        StatementRules.check(file, script, text);
        return file;
    }

    private static Optional<ResourceName> parsed(String name) {
        if (!name.endsWith(".sql")) {
            return Optional.empty();
        }
        var parsed = new ResourceNameParser(new FluentConfiguration()).parse(name);
        boolean ours =
                parsed.isValid()
                        && (parsed.getPrefix().equals("V") || parsed.getPrefix().equals("R"));
        if (!parsed.isValid() && name.matches("[VR][0-9_].*")) {
            throw refused(name, parsed.getValidityMessage(), "rename it", null);
        }
        return ours ? Optional.of(parsed) : Optional.empty();
    }

    private static String text(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    static OpsException refused(String file, String why, String remedy, @Nullable Throwable cause) {
        return new OpsException(
                OpsException.Kind.INVALID_INPUT, "Migration " + file, why, remedy, cause);
    }
}
