package io.lakebaseops.testing;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// Files and sockets read or written on the JavaFX thread, as the JVM itself recorded them: a disk
/// or a network that hangs would hang the window.
public final class ScreenThreadIo {
    private static final String THREAD = "JavaFX Application Thread";
    private static final List<String> EVENTS =
            List.of(
                    "jdk.FileRead",
                    "jdk.FileWrite",
                    "jdk.FileForce",
                    "jdk.SocketRead",
                    "jdk.SocketWrite",
                    "jdk.ThreadSleep");

    /// Of the program's own classes, texts, styles and fonts, which lie beside it.
    private static final List<String> OWN_PARTS =
            List.of(
                    "jdk.internal.loader.",
                    "java.lang.ClassLoader",
                    "java.util.zip.",
                    "sun.net.www.protocol.",
                    "java.util.ResourceBundle",
                    "java.util.PropertyResourceBundle",
                    "javafx.fxml.",
                    "com.sun.javafx.css.",
                    "com.sun.javafx.font.",
                    "sun.security.provider.",
                    "com.sun.glass.utils.NativeLibLoader");

    private final Recording recording = new Recording();

    private ScreenThreadIo() {
        for (var event : EVENTS) {
            recording.enable(event).withoutThreshold().withStackTrace().with("throttle", "off");
        }
        recording.start();
    }

    public static ScreenThreadIo watch() {
        return new ScreenThreadIo();
    }

    /// Ends the recording.
    ///
    /// @return what happened, with the lines of the product that did it
    public List<String> stop(Path scratch) throws IOException {
        recording.stop();
        var file = scratch.resolve("screen-thread.jfr");
        recording.dump(file);
        recording.close();
        try {
            return RecordingFile.readAllEvents(file).stream()
                    .filter(ScreenThreadIo::onScreenThread)
                    .filter(e -> e.getStackTrace() != null)
                    .filter(
                            e ->
                                    e.getStackTrace().getFrames().stream()
                                            .noneMatch(ScreenThreadIo::own))
                    .map(ScreenThreadIo::words)
                    .distinct()
                    .toList();
        } finally {
            Files.delete(file);
        }
    }

    private static boolean onScreenThread(RecordedEvent event) {
        var thread = event.getThread();
        return thread != null && THREAD.equals(thread.getJavaName());
    }

    private static boolean own(RecordedFrame frame) {
        var type = frame.getMethod().getType().getName();
        return OWN_PARTS.stream().anyMatch(type::startsWith);
    }

    private static String words(RecordedEvent event) {
        var first = event.getStackTrace().getFrames().getFirst().getMethod();
        return event.getEventType().getName()
                + " in "
                + event.getStackTrace().getFrames().stream()
                        .map(f -> f.getMethod().getType().getName())
                        .filter(t -> !t.startsWith("java.io.") && !t.startsWith("sun.nio."))
                        .findFirst()
                        .orElse(first.getType().getName())
                + " by "
                + event.getStackTrace().getFrames().stream()
                        .filter(f -> f.getMethod().getType().getName().startsWith("io.lakebaseops"))
                        .limit(3)
                        .map(f -> f.getMethod().getType().getName() + "." + f.getMethod().getName())
                        .collect(Collectors.joining(" < "));
    }
}
