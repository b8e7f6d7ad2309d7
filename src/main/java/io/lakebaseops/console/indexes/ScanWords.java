package io.lakebaseops.console.indexes;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.Sparkline;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.GeneratedHistory;
import io.lakebaseops.lakehouse.history.IndexUsage;

import javafx.scene.Node;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;

/// The scans of an index over the last days, as a line and in words.
final class ScanWords {
    private ScanWords() {}

    /// How many days somebody looked at.
    static long seen(double[] values) {
        return Arrays.stream(values).filter(v -> !Double.isNaN(v)).count();
    }

    static double mean(double[] values) {
        return Arrays.stream(values).filter(v -> !Double.isNaN(v)).average().orElse(0);
    }

    static Sparkline spark(double[] values) {
        var spark = new Sparkline();
        boolean idle = mean(values) == 0;
        spark.show(values, idle ? Role.WARNING : Role.INFO, 1);
        return spark;
    }

    /// `2.4 k scans a day over 30 days, 3.1 k on the busiest; generated until 14:05`.
    static String of(IndexUsage usage, Instant now, ZoneId zone) {
        var values = usage.perDay(now, TableView.Read.DAYS);
        long days = seen(values);
        if (days == 0) {
            return Texts.of("No scans are stored of it yet: one look a day");
        }
        double most = Arrays.stream(values).filter(v -> !Double.isNaN(v)).max().orElse(0);
        var scans =
                most == 0
                        ? Texts.of("No scan in the last %s", Texts.count((int) days, "day"))
                        : Texts.of(
                                "%s scans a day over %s, %s on the busiest",
                                Format.large(mean(values)),
                                Texts.count((int) days, "day"),
                                Format.large(most));
        var made = usage.generatedUntil();
        return scans + (made == null ? "" : "; " + GeneratedHistory.words(made, now, zone));
    }

    /// The line with its words below; null where nothing is stored.
    static @Nullable Node box(IndexUsage usage, Instant now, ZoneId zone) {
        var values = usage.perDay(now, TableView.Read.DAYS);
        if (seen(values) == 0) {
            return null;
        }
        var spark = spark(values);
        spark.setId("scans-30-days");
        spark.setPrefSize(320, 32);
        spark.setMaxSize(Double.MAX_VALUE, 32);
        var words = Nodes.wrapped(of(usage, now, zone), "row-sub");
        words.setId("scans-30-days-words");
        return new VBox(4, spark, words);
    }
}
