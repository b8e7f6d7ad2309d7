package io.lakebaseops.lakehouse.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes the tables of [ForeignTables] anew: `mvn test -Dspark -Dtest=SparkTablesTest
/// -Ddelta.tables=write`. A feature its Spark does not have is left out.
final class SparkTablesTest {
    private static final String COUNT = "SELECT count(*), sum(metric_value) FROM {t}";

    @TempDir Path dir;

    @Test
    void tables_with_the_features_of_delta_are_made_by_spark() throws Exception {
        assumeTrue("write".equals(System.getProperty("delta.tables")));
        for (var spark : Spark.all().toList()) {
            make(spark);
        }
    }

    private void make(Spark spark) throws IOException, InterruptedException {
        var home = Files.createDirectories(dir.resolve(spark.generation()));
        var script = new StringBuilder();
        var tables = new HashMap<String, Path>();
        for (var file : ForeignTables.files(Spark.FOLDER.resolve("features"))) {
            var feature = file.getFileName().toString().replace(".sql", "");
            var own = Files.readString(file);
            var root = Files.createDirectories(home.resolve(feature));
            ForeignTables.base(root);
            var base = ForeignTables.table(root);
            var table = own.contains("{base}") ? root.resolve("made") : base;
            tables.put(feature, table);
            script.append("SELECT 'feature', '" + feature + "';\n");
            for (var text : List.of(own, COUNT + ";\n")) {
                script.append(
                        text.replace("{t}", "delta.`" + table + "`")
                                .replace("{path}", table.toString())
                                .replace("{base}", "delta.`" + base + "`"));
            }
        }
        var counted = counted(spark.run(script.toString(), home));
        tables.keySet().retainAll(counted.keySet());
        ForeignTables.write(spark.generation(), tables, counted);
        assertThat(ForeignTables.features(spark.generation())).hasSizeGreaterThan(15);
    }

    /// Per feature the last row returned; none where a statement failed.
    private static Map<String, String> counted(List<String> result) {
        var counted = new HashMap<String, String>();
        var failed = new ArrayList<String>();
        var feature = "";
        for (var line : result) {
            if (line.startsWith("= feature|")) {
                feature = line.substring("= feature|".length());
            } else if (line.startsWith("= ")) {
                counted.put(feature, line.substring(2));
            } else if (line.startsWith("!")) {
                failed.add(feature);
                System.out.println(feature + " " + line);
            }
        }
        failed.forEach(counted::remove);
        return counted;
    }
}
