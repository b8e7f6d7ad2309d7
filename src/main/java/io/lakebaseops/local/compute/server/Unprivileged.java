package io.lakebaseops.local.compute.server;

import java.util.ArrayList;
import java.util.List;

/// Calls server programs as a user that PostgreSQL accepts. It refuses to run as root.
///
/// As root (containers, CI) the program gets a user namespace of its own. Inside it has an ordinary
/// uid, outside it is still root, so every file stays ours and no `chown` is needed. `unshare`
/// execs, hence the process id is the program's.
final class Unprivileged {
    private Unprivileged() {}

    static List<String> command(String... program) {
        return command(List.of(program));
    }

    static List<String> command(List<String> program) {
        if (!System.getProperty("user.name").equals("root")) {
            return program;
        }
        List<String> wrapped = new ArrayList<>(List.of("unshare", "--user", "--"));
        wrapped.addAll(program);
        return List.copyOf(wrapped);
    }
}
