package io.lakebaseops.agents.provisioning.governance;

import io.lakebaseops.domain.OpsException;

import java.util.Locale;
import java.util.regex.Pattern;

/// The name of a project's catalog in Unity Catalog. There the environment comes first and words
/// are joined by underscores: `supply-chain-prod` is `prod_supply_chain`. The way back is exact.
final class CatalogName {
    /// As Unity Catalog takes them (its manual, "Requirements" of object names).
    private static final Pattern PLAIN = Pattern.compile("[^./\\s\\p{Cntrl}]{1,255}");

    private CatalogName() {}

    static String ofProject(String project) {
        int last = project.lastIndexOf('-');
        var turned =
                last < 0 ? project : project.substring(last + 1) + "-" + project.substring(0, last);
        return turned.replace('-', '_');
    }

    static String projectOf(String catalog) {
        int first = catalog.indexOf('_');
        var turned =
                first < 0
                        ? catalog
                        : catalog.substring(first + 1) + "_" + catalog.substring(0, first);
        return turned.replace('_', '-');
    }

    /// The business domain in a project's id: all but the environment.
    static String domainOf(String project) {
        int last = project.lastIndexOf('-');
        return last <= 0 ? project : project.substring(0, last);
    }

    /// A wish as Unity Catalog keeps it: lower case.
    static String checked(String wish) {
        if (!PLAIN.matcher(wish).matches()) {
            throw new OpsException(
                    OpsException.Kind.INVALID_INPUT,
                    "Naming the catalog",
                    "'%s' is no name Unity Catalog takes".formatted(wish),
                    "use at most 255 characters without dots, slashes and spaces");
        }
        return wish.toLowerCase(Locale.ROOT);
    }
}
