package io.lakebaseops.twin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// A small warehouse after TPC-H and its queries.
public final class Tpch {
    private Tpch() {}

    public static List<String> tables() {
        return script("tpch.sql");
    }

    public static List<String> queries() {
        return script("tpch_queries.sql");
    }

    private static List<String> script(String name) {
        try (var in = Tpch.class.getResourceAsStream("/twin/" + name)) {
            return List.of(
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                            .split("\n--\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
