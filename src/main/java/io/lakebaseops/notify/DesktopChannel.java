package io.lakebaseops.notify;

import io.lakebaseops.state.Outbox.Act;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/// The screen of whoever has the console open.
///
/// @param screen shows a message without waiting for anybody; null while no window is open
record DesktopChannel(java.util.function.Supplier<@Nullable Consumer<Message>> screen)
        implements Channel {
    @Override
    public SendResult send(Message message, @Nullable String earlier) {
        var open = screen.get();
        if (open == null) {
            return new SendResult.Later("no console window is open", null);
        }
        open.accept(message);
        return new SendResult.Sent(null);
    }

    @Override
    public boolean takes(Act act) {
        return act != Act.ACKNOWLEDGE;
    }

    @Override
    public String destination() {
        return "this desktop";
    }
}
