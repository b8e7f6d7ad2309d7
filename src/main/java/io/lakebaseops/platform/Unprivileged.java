package io.lakebaseops.platform;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Calls server programs as a user that PostgreSQL accepts. It refuses to run as root.
///
/// As root of a Linux (containers, CI) the program gets a user namespace of its own. Inside it has
/// an ordinary uid, outside it is still root, so every file stays ours and no `chown` is needed.
/// `unshare` execs, hence the process id is the program's. On Windows `initdb` and `pg_ctl` give up
/// the rights of an administrator by themselves.
public final class Unprivileged {
    private Unprivileged() {}

    public static List<String> command(String... program) throws IOException {
        return command(List.of(program));
    }

    public static List<String> command(List<String> program) throws IOException {
        return command(OperatingSystem.current(), System.getProperty("user.name"), program);
    }

    static List<String> command(OperatingSystem system, String user, List<String> program)
            throws IOException {
        if (system == OperatingSystem.WINDOWS || !user.equals("root")) {
            return program;
        }
        if (system == OperatingSystem.MACOS) {
            throw new IOException("PostgreSQL does not run as root: start as an ordinary user");
        }
        var wrapped = new ArrayList<>(List.of("unshare", "--user", "--"));
        wrapped.addAll(program);
        return List.copyOf(wrapped);
    }
}
