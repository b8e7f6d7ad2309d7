package io.lakebaseops.console.connect;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.ScreenModel;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.OpsEvent;

/// The view model of the Connections screen: the saved connections, and the connect page.
public final class ConnectionsViewModel extends ScreenModel<ConnectionDesk.Saved> {
    private final ConnectionDesk desk;
    private final ConnectModel page;

    public ConnectionsViewModel(ConsoleSession session, ConnectionDesk desk) {
        super(session);
        this.desk = desk;
        page = new ConnectModel(desk, session.background(), session.screen());
        page.onChange(this::refresh);
        page.onSaved(
                target -> {
                    session.lookAt(target);
                    session.goTo(Destination.overview());
                });
    }

    ConnectModel page() {
        return page;
    }

    /// The saved connections are those of the machine, whichever server is looked at.
    @Override
    protected ConnectionDesk.Saved read(TargetId target) {
        return desk.saved();
    }

    @Override
    protected boolean aboutOneServer() {
        return false;
    }

    @Override
    protected boolean isEmpty(ConnectionDesk.Saved picture) {
        return false;
    }

    @Override
    protected boolean concerns(OpsEvent event) {
        return event instanceof OpsEvent.ConnectionsChanged
                || event instanceof OpsEvent.ReachabilityChanged;
    }
}
