package io.lakebaseops.lakebase;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.lakebase.ControlPlane.OperationProgress;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;

/// The databases that Unity Catalog knows, who may see them there, and what was done with them.
/// Blocking; every call has the caller's deadline.
public interface UnityCatalog {
    Optional<Registration> registration(String catalog, Deadline deadline);

    /// A catalog of any kind: a name may be taken by one that is no database of ours.
    Optional<Entry> entry(String catalog, Deadline deadline);

    /// Every database of Lakebase that is registered; one call for each.
    List<Registration> registrations(Deadline deadline);

    boolean hasDatabase(String project, String branch, String database, Deadline deadline);

    /// One that is there just so is no error.
    void register(
            Registration wanted,
            boolean makeDatabase,
            Deadline deadline,
            OperationProgress progress);

    /// The database stays as it is; one that is not registered so is left alone.
    void unregister(Registration there, Deadline deadline);

    /// Privileges by principal, as granted on the catalog itself; empty when there is none.
    Map<String, SortedSet<String>> grants(String catalog, Deadline deadline);

    void grant(String catalog, String principal, SortedSet<String> privileges, Deadline deadline);

    /// A catalog that is not there has no grants: no error.
    void revoke(String catalog, String principal, SortedSet<String> privileges, Deadline deadline);

    Known group(String name, Deadline deadline);

    Standing standing(Deadline deadline);

    /// Whether the caller may grant on this catalog or unregister it.
    May manage(String catalog, Deadline deadline);

    /// Asks a SQL warehouse that runs; one that sleeps is not woken.
    ///
    /// @throws io.lakebaseops.domain.OpsException UNSUPPORTED when there is none
    Rows ask(WarehouseQuery query, Deadline deadline);

    /// @param catalog lower case, as Unity Catalog keeps names
    /// @param branch id of the branch that holds the database
    record Registration(String catalog, String project, String branch, String database) {
        public Registration {
            catalog = catalog.toLowerCase(Locale.ROOT);
        }
    }

    /// @param kind the service's word, `MANAGED_CATALOG` …; null when it is one we do not know
    record Entry(String catalog, @Nullable String owner, @Nullable String kind) {}

    /// Is there such a group, and does Unity Catalog grant to it?
    enum Known {
        NO,
        /// Of this workspace only: Unity Catalog does not count it.
        WORKSPACE_ONLY,
        ACCOUNT
    }

    enum May {
        YES,
        NO,
        /// Nobody told us: the service decides when it is tried.
        UNKNOWN
    }

    /// @param metastore null when the workspace has none
    record Standing(@Nullable String metastore, @Nullable String owner, May createCatalogs) {}

    /// @param name of its file, for messages
    /// @param values by marker, all sent as strings
    /// @param mostRows more are cut off by the warehouse
    record WarehouseQuery(String name, String sql, Map<String, String> values, int mostRows) {
        private static final int FEW = 200;

        public WarehouseQuery {
            values = Collections.unmodifiableMap(new TreeMap<>(values));
        }

        /// For a list that a person reads.
        public WarehouseQuery(String name, String sql, Map<String, String> values) {
            this(name, sql, values, FEW);
        }
    }
}
