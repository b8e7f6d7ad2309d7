package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.domain.OpsException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The migrations of a folder or a list of files, in the order they run.
///
/// @param whole true when all there are were given, so that an applied one missing here is an error
public record MigrationFolder(List<MigrationFile> files, boolean whole) {
    private static final Comparator<MigrationFile> ORDER =
            Comparator.comparing(
                            MigrationFile::version, Comparator.nullsLast(Comparator.naturalOrder()))
                    .thenComparing(MigrationFile::description);

    public MigrationFolder {
        files = files.stream().sorted(ORDER).toList();
        for (int i = 1; i < files.size(); i++) {
            // By comparison: V2 and V2.0 are one version.
            if (ORDER.compare(files.get(i - 1), files.get(i)) == 0 || sameVersion(files, i)) {
                throw MigrationFile.refused(
                        files.get(i).name(),
                        "it is the same migration as " + files.get(i - 1).name(),
                        "give it another version",
                        null);
            }
        }
    }

    private static boolean sameVersion(List<MigrationFile> files, int i) {
        var one = files.get(i - 1).version();
        var two = files.get(i).version();
        return one != null && two != null && one.compareTo(two) == 0;
    }

    /// Folders are searched to any depth; files must be migrations themselves.
    public static MigrationFolder of(List<Path> paths) {
        var files = new ArrayList<MigrationFile>();
        boolean whole = !paths.isEmpty();
        for (var path : paths) {
            if (Files.isDirectory(path)) {
                files.addAll(inside(path));
            } else {
                whole = false;
                files.add(
                        MigrationFile.read(existing(path))
                                .orElseThrow(
                                        () ->
                                                MigrationFile.refused(
                                                        String.valueOf(path),
                                                        "its name is no migration's",
                                                        "name it V<version>__<text>.sql or"
                                                                + " R__<text>.sql",
                                                        null)));
            }
        }
        return new MigrationFolder(files, whole);
    }

    private static Path existing(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new OpsException(
                    OpsException.Kind.NOT_FOUND,
                    "Migration " + path,
                    "there is no such file or folder",
                    "check the path");
        }
        return path;
    }

    private static List<MigrationFile> inside(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile)
                    .flatMap(p -> MigrationFile.read(p).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Read migrations in " + folder, e);
        }
    }
}
