package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.postgres.ReadSession;

import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The migrations applied before, and those to be applied now. The table is Flyway's, in schema
/// `public`.
///
/// @param rows as read, for checking right before the run that nobody migrated meanwhile
/// @param there false when the table does not exist yet
record MigrationHistory(boolean there, Rows rows, List<Applied> applied) {
    MigrationHistory {
        applied = List.copyOf(applied);
    }

    /// One row of the table.
    record Applied(
            int installedRank,
            @Nullable String version,
            String description,
            String type,
            String script,
            @Nullable Integer checksum,
            boolean success) {
        @Nullable MigrationVersion number() {
            return version == null ? null : MigrationVersion.fromVersion(version);
        }
    }

    static MigrationHistory read(ReadSession session) {
        var present = session.query(MigrationSql.HISTORY_PRESENT);
        boolean there = Boolean.TRUE.equals(present.list().getFirst().get("is_there"));
        return there
                ? new MigrationHistory(
                        true,
                        session.query(MigrationSql.HISTORY),
                        session.query(MigrationSql.HISTORY, Map.of(), Applied.class))
                : new MigrationHistory(false, present, List.of());
    }

    int nextRank() {
        return applied.stream().mapToInt(Applied::installedRank).max().orElse(0) + 1;
    }

    Optional<MigrationVersion> newest() {
        return applied.stream()
                .filter(Applied::success)
                .map(Applied::number)
                .filter(Objects::nonNull)
                .max(MigrationVersion::compareTo);
    }

    /// The files still to run, in order.
    ///
    /// @param outOfOrder also those older than the newest applied one
    /// @throws OpsException when files and history contradict each other
    List<MigrationFile> pending(MigrationFolder folder, boolean outOfOrder) {
        for (var row : applied) {
            if (!row.success()) {
                throw contradiction(
                        row.script(),
                        "the history says it failed half-way",
                        "mend the database by hand, then remove that row of the history");
            }
        }
        if (folder.whole()) {
            missing(folder);
        }
        var pending = new ArrayList<MigrationFile>();
        for (var file : folder.files()) {
            if (due(file, outOfOrder)) {
                pending.add(file);
            }
        }
        return pending;
    }

    private boolean due(MigrationFile file, boolean outOfOrder) {
        var version = file.version();
        if (version == null) {
            var last = last(file);
            return last.isEmpty() || !Objects.equals(last.get().checksum(), file.checksum());
        }
        var row = row(version);
        if (row.isPresent()) {
            same(file, row.get());
            return false;
        }
        if (version.compareTo(baseline()) <= 0) {
            return false;
        }
        var newest = newest();
        if (!outOfOrder && newest.isPresent() && version.compareTo(newest.get()) < 0) {
            throw contradiction(
                    file.name(),
                    "version %s is applied already and newer".formatted(newest.get().getVersion()),
                    "give it a newer version, or allow out of order");
        }
        return true;
    }

    private void same(MigrationFile file, Applied row) {
        if (row.checksum() != null && row.checksum() != file.checksum()) {
            throw contradiction(
                    file.name(),
                    "it was changed after it was applied: checksum %d, applied with %d"
                            .formatted(file.checksum(), row.checksum()),
                    "restore the file and write the change as a new migration");
        }
    }

    private void missing(MigrationFolder folder) {
        for (var row : applied) {
            var version = row.number();
            boolean known =
                    folder.files().stream()
                            .anyMatch(
                                    f ->
                                            f.version() != null
                                                    && version != null
                                                    && f.version().compareTo(version) == 0);
            if (version != null && row.type().equals("SQL") && !known && older(version, folder)) {
                throw contradiction(
                        row.script(),
                        "it was applied, and the folder does not hold it",
                        "restore the file");
            }
        }
    }

    /// Newer ones come from a later state of the repository and are none of our business.
    private static boolean older(MigrationVersion version, MigrationFolder folder) {
        return folder.files().stream()
                .map(MigrationFile::version)
                .filter(Objects::nonNull)
                .anyMatch(v -> v.compareTo(version) > 0);
    }

    private MigrationVersion baseline() {
        return applied.stream()
                .filter(a -> a.type().equals("BASELINE"))
                .map(Applied::number)
                .filter(Objects::nonNull)
                .max(MigrationVersion::compareTo)
                .orElse(MigrationVersion.EMPTY);
    }

    private Optional<Applied> row(MigrationVersion version) {
        return applied.stream()
                .filter(a -> a.number() != null && version.compareTo(a.number()) == 0)
                .filter(a -> !a.type().equals("BASELINE"))
                .findFirst();
    }

    private Optional<Applied> last(MigrationFile repeatable) {
        return applied.stream()
                .filter(a -> a.version() == null)
                .filter(a -> a.description().equals(repeatable.description()))
                .reduce((_, later) -> later);
    }

    private static OpsException contradiction(String file, String why, String remedy) {
        return new OpsException(OpsException.Kind.CONFLICT, "Migration " + file, why, remedy);
    }
}
