package org.pinhole.turn;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.pinhole.turn.allocation.TransportProtocol;
import org.pinhole.turn.transport.Io;
import org.pinhole.turn.transport.Listen;
import org.pinhole.turn.transport.Refusal;

/** A server as an operator starts it, by options, on loopback, with alice as its user. */
final class LiveServer implements AutoCloseable {
    static final String USER = "alice";
    static final String PASSWORD = "wonderland";

    private final TurnServer server;
    private final Reloader reloader;
    private final Admin admin;

    private LiveServer(TurnServer server, Reloader reloader, Admin admin) {
        this.server = server;
        this.reloader = reloader;
        this.admin = admin;
    }

    static LiveServer start(String... options) throws StartException {
        List<String> all = new ArrayList<>(List.of(
                "--realm=pinhole.test",
                "--user=" + USER + ":" + PASSWORD,
                "--relay-address=127.0.0.1",
                "--relay-ports=52000-52999",
                "--allow-peer=127.0.0.1",
                "--event-loops=2"));
        all.addAll(List.of(options));
        TurnOptions parsed = TurnMain.parse(ConfigFile.of(
                        all,
                        TurnMain.commandLine().getCommandSpec().optionsMap().keySet())
                .arguments());
        parsed.keyLookupWithin = Duration.ofMinutes(1);
        InstantSource clock = InstantSource.system();
        TurnSettings settings = new SettingsReader(parsed, clock).read();
        TurnServer server = TurnServer.start(settings, Io.best(2), clock);
        Reloader reloader = new Reloader(all, parsed, server, clock);
        Admin admin = Admin.start(settings.admin(), new TurnOperations(server, reloader));
        admin.keepFrom(server);
        reloader.watch();
        return new LiveServer(server, reloader, admin);
    }

    InetSocketAddress address(TransportProtocol transport) {
        return server.listens().stream()
                .filter(listen -> listen.transport() == transport)
                .map(Listen::address)
                .findFirst()
                .orElseThrow();
    }

    /** How many connections the server has ended for a reason. */
    long refused(Refusal why) {
        return server.streamCounts().refused(why);
    }

    TurnServer server() {
        return server;
    }

    /** As {@code pinhole turn reload}. */
    String reload() throws StartException {
        return reloader.reload();
    }

    /** Where the admin port really is. */
    InetSocketAddress admin() {
        return Objects.requireNonNull(admin.server()).address();
    }

    @Override
    public void close() {
        admin.close();
        reloader.close();
        server.close();
    }
}
