package io.lakebaseops.domain.plan;

/// A kind of act that agents carry out without asking where its risk is low, and that a person may
/// have them ask about.
public enum RoutineAct {
    VACUUM("Vacuum a table"),
    ANALYZE("Analyze a table"),
    END_IDLE_SESSIONS("End idle sessions"),
    CREATE_BRANCH("Create a branch"),
    DELETE_BRANCH("Delete a branch of its own"),
    RESTORE_BRANCH("Restore a deleted branch"),
    SET_EXPIRY("Set when a branch of its own expires"),
    TAG_PROJECT("Tag a project");

    private final String title;

    RoutineAct(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
