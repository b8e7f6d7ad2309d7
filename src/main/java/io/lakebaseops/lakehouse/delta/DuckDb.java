package io.lakebaseops.lakehouse.delta;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/// Opens databases of DuckDB in this process. Its driver unpacks a native library of 70 MB at every
/// start, half a second of processor time; with a folder to keep it in that is done once.
public final class DuckDb {
    private static final String MEMORY = "jdbc:duckdb:";

    /// By folder: the JVM lets a file be loaded once, whoever opens its history a second time.
    private static final Map<Path, Driver> LOADED = new HashMap<>();

    private final @Nullable Path folder;

    private DuckDb(@Nullable Path folder) {
        this.folder = folder;
    }

    /// Each process unpacks the native library for itself.
    static DuckDb unpacking() {
        return new DuckDb(null);
    }

    /// The native library stays here from the first start on; a folder that others cannot write.
    public static DuckDb keepingLibraryIn(Path folder) {
        return new DuckDb(folder.toAbsolutePath().normalize());
    }

    Connection open(Properties settings) throws SQLException {
        if (folder == null) {
            return DriverManager.getConnection(MEMORY, settings);
        }
        var opened = driver(folder).connect(MEMORY, settings);
        if (opened == null) {
            throw new SQLException("DuckDB's driver does not know " + MEMORY);
        }
        return opened;
    }

    private static Driver driver(Path kept) throws SQLException {
        synchronized (LOADED) {
            var known = LOADED.get(kept);
            if (known == null) {
                known = loaded(kept);
                LOADED.put(kept, known);
            }
            return known;
        }
    }

    @SuppressWarnings("BanClassLoader") // of a jar of this program, for the sake of its library
    private static Driver loaded(Path kept) throws SQLException {
        try {
            var type = KeptLibrary.of(kept).loadClass("org.duckdb.DuckDBDriver");
            return (Driver) type.getDeclaredConstructor().newInstance();
        } catch (IOException | ReflectiveOperationException e) {
            throw new SQLException("DuckDB's driver does not load", e);
        }
    }

    /// Another session of the same database.
    static Connection another(Connection session) throws SQLException {
        try {
            return (Connection) session.getClass().getMethod("duplicate").invoke(session);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof SQLException failure ? failure : new SQLException(e);
        } catch (ReflectiveOperationException e) {
            throw new SQLException("DuckDB's driver gives no second session", e);
        }
    }
}
