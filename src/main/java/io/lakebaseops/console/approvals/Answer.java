package io.lakebaseops.console.approvals;

import io.lakebaseops.change.approval.Decision;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Role;

import org.jspecify.annotations.Nullable;

/// What came of the last decision, when it is not to be read off the plan itself.
record Answer(Role role, String text) {
    static @Nullable Answer to(Decision decision) {
        return switch (decision) {
            case Decision.Granted _ -> null;
            case Decision.Declined d ->
                    new Answer(Role.WARNING, Texts.of("Nothing ran: %s", d.reason()));
            case Decision.Expired e ->
                    new Answer(Role.WARNING, Texts.of("Nothing ran: %s", e.reason()));
        };
    }
}
