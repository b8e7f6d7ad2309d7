package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.ddl.DdlAct;
import io.lakebaseops.ddl.DdlReader;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.sqltext.SqlScript;

import org.flywaydb.core.api.MigrationVersion;
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

/// One migration file. Name, checksum and order as Flyway has them, so that either tool can go on
/// where the other stopped.
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

    private static MigrationFile of(String name, FlywayNaming.Name parsed, String text) {
        var script = SqlScript.of(SqlScript.withoutBom(text));
        var file =
                new MigrationFile(
                        name,
                        parsed.version(),
                        parsed.description(),
                        FlywayNaming.checksum(text),
                        script.statements());
        StatementRules.check(file, script, text);
        return file;
    }

    private static Optional<FlywayNaming.Name> parsed(String name) {
        if (!name.endsWith(".sql")) {
            return Optional.empty();
        }
        var parsed = FlywayNaming.parse(name);
        if (parsed.problem() != null && name.matches("[VR][0-9_].*")) {
            throw refused(name, parsed.problem(), "rename it", null);
        }
        return parsed.problem() == null && parsed.runs() ? Optional.of(parsed) : Optional.empty();
    }

    private static String text(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    static OpsException refused(String file, String why, String remedy, @Nullable Throwable cause) {
        return new OpsException(
                OpsException.Kind.INVALID_INPUT, "Migration " + file, why, remedy, cause);
    }
}
