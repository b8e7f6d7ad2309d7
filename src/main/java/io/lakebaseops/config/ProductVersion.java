package io.lakebaseops.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/// The version of this program, as the build wrote it: `0.1.0`.
public final class ProductVersion {
    private static final String FILE = "/product/version.properties";

    private ProductVersion() {}

    public static String current() {
        var properties = new Properties();
        try (var in = ProductVersion.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not in the build");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
