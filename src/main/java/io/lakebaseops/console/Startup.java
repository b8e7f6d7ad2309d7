package io.lakebaseops.console;

import io.lakebaseops.console.connect.ConnectionDesk;
import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// Brings up what the screens need. The window is there first and shows how far this is; when it
/// fails, the window says why and may call it again.
@FunctionalInterface
public interface Startup {
    /// Blocking; runs in the background.
    Ready open(News news);

    /// What a first start asks where a server is; null when one is known already. Quick.
    default @Nullable ConnectionDesk firstStart() {
        return null;
    }

    /// The server that the first start led to; before [#open].
    default void lookAt(TargetId target) {}

    /// @param target looked at first
    record Ready(ConsoleServices services, TargetId target) {}

    /// Hears of each part twice, in any order and from any thread. A part that fails is not heard
    /// of again: the failure comes out of [#open].
    interface News {
        void begun(String part);

        void done(String part, Duration took);

        /// Does one part and tells of it.
        default Runnable telling(String part, Runnable work) {
            return () -> {
                begun(part);
                long since = System.nanoTime();
                work.run();
                done(part, Duration.ofNanos(System.nanoTime() - since));
            };
        }
    }
}
