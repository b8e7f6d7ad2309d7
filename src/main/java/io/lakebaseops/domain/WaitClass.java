package io.lakebaseops.domain;

/// The classes by which the load of a server is drawn: what its active sessions were doing or
/// waiting for. Types that PostgreSQL tells apart but that are rarely seen are one class.
public enum WaitClass {
    CPU("CPU"),
    IO("I/O"),
    LOCK("Lock"),
    LWLOCK("LWLock"),
    IPC("IPC"),
    CLIENT("Client"),
    OTHER("Other");

    private final String label;

    WaitClass(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /// @param type `wait_event_type` of pg_stat_activity, or CPU for a backend that waits for
    ///     nothing
    public static WaitClass of(String type) {
        return switch (type) {
            case "CPU" -> CPU;
            case "IO" -> IO;
            case "Lock" -> LOCK;
            case "LWLock" -> LWLOCK;
            case "IPC" -> IPC;
            case "Client" -> CLIENT;
            default -> OTHER;
        };
    }
}
