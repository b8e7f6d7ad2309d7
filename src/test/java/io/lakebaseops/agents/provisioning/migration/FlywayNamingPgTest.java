package io.lakebaseops.agents.provisioning.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.testing.Pg17;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/// An upgrade of Flyway that reads names or counts checksums otherwise fails here.
final class FlywayNamingPgTest {
    private static final Map<String, String> FILES =
            Map.of(
                    "V1__first.sql", "select 1;\n",
                    "V1_2__add_customers.sql", "\uFEFFselect 1;\r\nselect 'ä';\r\n",
                    "V2.10.1__Two_Words.sql", "",
                    "R__a_view.sql", "create view v as select 1;");

    @Test
    void checksumsAreThoseThatStandInHistoriesOfLiveDatabases() {
        assertThat(FlywayNaming.checksum("select 1;\n")).isEqualTo(-690524359);
        assertThat(FlywayNaming.checksum("select 1;\r\n")).isEqualTo(-690524359);
        assertThat(FlywayNaming.checksum("")).isZero();
    }

    @Test
    void namesAndChecksumsAreWhatFlywayItselfFinds(@TempDir Path dir) throws IOException {
        for (var file : FILES.entrySet()) {
            Files.writeString(dir.resolve(file.getKey()), file.getValue());
        }
        var theirs = new TreeMap<String, String>();
        for (var info : flyway(dir)) {
            theirs.put(
                    info.getScript(),
                    "%s %s %s"
                            .formatted(
                                    info.getVersion(), info.getDescription(), info.getChecksum()));
        }
        var ours = new TreeMap<String, String>();
        for (var name : new ArrayList<>(FILES.keySet())) {
            var file = MigrationFile.read(dir.resolve(name)).orElseThrow();
            ours.put(
                    name,
                    "%s %s %s".formatted(file.version(), file.description(), file.checksum()));
        }
        assertThat(ours).isEqualTo(theirs);
        assertThat(FlywayNaming.parse("U1__undo.sql").runs()).isFalse();
        assertThat(FlywayNaming.parse("notes.sql").problem()).isNotNull();
    }

    private static MigrationInfo[] flyway(Path dir) {
        var db = Pg17.shared().database("flyway");
        return Flyway.configure()
                .dataSource(db.url(), Pg17.DBA, Pg17.DBA_PASSWORD)
                .locations("filesystem:" + dir)
                .validateMigrationNaming(true)
                .load()
                .info()
                .all();
    }
}
