import org.apache.spark.sql.SparkSession;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/// Spark SQL over Delta tables on a class path of its own. Runs the statements of a file, each
/// ended by a semicolon at the end of a line, and writes down what they returned: `>` and the
/// statement, then `=` and a row, or `!` and the error.
///
/// Started from its source, since the build of the product knows no Spark.
public final class SparkSql {
    private SparkSql() {}

    public static void main(String[] args) throws IOException {
        var script = Files.readString(Path.of(args[0]), StandardCharsets.UTF_8);
        var out = new ArrayList<String>();
        var spark = session(args[2]);
        for (var statement : script.split(";\\s*(\\R|$)", -1)) {
            if (statement.isBlank()) {
                continue;
            }
            out.add("> " + statement.strip().replaceAll("\\s+", " "));
            try {
                for (var row : spark.sql(statement).collectAsList()) {
                    out.add("= " + row.mkString("|"));
                }
            } catch (Exception e) { // Scala throws checked exceptions nobody declares
                out.add("! " + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
            }
        }
        spark.stop();
        Files.write(Path.of(args[1]), out, StandardCharsets.UTF_8);
    }

    private static SparkSession session(String warehouse) {
        return SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "1")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.warehouse.dir", warehouse)
                .config("spark.databricks.delta.snapshotPartitions", "1")
                .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config(
                        "spark.sql.catalog.spark_catalog",
                        "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .getOrCreate();
    }
}
