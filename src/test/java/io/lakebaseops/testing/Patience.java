package io.lakebaseops.testing;

import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

import java.time.Duration;

/// How long do tests wait for what must come? Far longer than any machine needs, asking often: only
/// a test that fails pays for it. Registered as a service, so it holds for every test.
public final class Patience implements LauncherSessionListener {
    /// For waits that name their limit.
    public static final Duration LONG = Duration.ofSeconds(60);

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(LONG);
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(20));
    }
}
