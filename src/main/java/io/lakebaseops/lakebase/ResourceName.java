package io.lakebaseops.lakebase;

import io.lakebaseops.domain.OpsException;

import java.util.regex.Pattern;

/// Resource names of the control plane: `projects/P/branches/B/endpoints/E`. They become part of a
/// REST path, and what a person typed as a branch must not reach another resource through it, so an
/// id of any other letters is refused before it is sent. The letters let through need no escaping.
final class ResourceName {
    /// Wider than what the service gives out today (`[a-z][a-z0-9-]{0,62}`), but no `/`, `%`, `?`,
    /// blank, and no leading dot.
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    private ResourceName() {}

    static String project(String project) {
        return "projects/" + checked("project", project);
    }

    static String branch(String project, String branch) {
        return project(project) + "/branches/" + checked("branch", branch);
    }

    static String endpoint(String project, String branch, String endpoint) {
        return branch(project, branch) + "/endpoints/" + checked("endpoint", endpoint);
    }

    /// False for what no project or branch can be called, so that there is none of this name.
    static boolean possible(String id) {
        return ID.matcher(id).matches();
    }

    private static String checked(String what, String id) {
        if (!possible(id)) {
            throw new OpsException(
                    OpsException.Kind.INVALID_INPUT,
                    "Asking for the " + what,
                    "'%s' cannot be the name of a %s".formatted(id, what),
                    "names have lower-case letters, digits and hyphens");
        }
        return id;
    }
}
