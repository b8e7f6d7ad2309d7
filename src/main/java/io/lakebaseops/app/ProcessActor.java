package io.lakebaseops.app;

import io.lakebaseops.domain.Actor;

import java.util.Map;

/// Who acts through this process: the person at the terminal, or a pipeline, which may decide less
/// and says so by `LAKEBASEOPS_AS=ci`.
final class ProcessActor {
    private ProcessActor() {}

    static Actor of(String user, Map<String, String> env) {
        return "ci".equalsIgnoreCase(env.get("LAKEBASEOPS_AS"))
                ? new Actor(user, Actor.Kind.CI)
                : Actor.human(user);
    }
}
