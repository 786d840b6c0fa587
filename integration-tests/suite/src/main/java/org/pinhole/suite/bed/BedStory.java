package org.pinhole.suite.bed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pinhole.suite.demo.MediaConfig;
import org.pinhole.suite.demo.MediaStory;
import org.pinhole.suite.demo.SignallingStory;
import org.pinhole.suite.demo.StoryConfig;
import org.pinhole.suite.demo.StoryRoute;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.HttpProxy;
import org.pinhole.ue.tunnel.ProxyCredentials;
import org.pinhole.ue.turn.TurnUri;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells the stories of signalling and media from where it is started. Exit codes: 0 all passed, 1 not, 2 not understood. */
@Command(
        name = "bed-story",
        mixinStandardHelpOptions = true,
        description = "Tells the stories of signalling and media from here.")
@SuppressWarnings({"SystemOut", "NullAway.Init"}) // its output is read by a test; picocli sets the required options
public final class BedStory implements Callable<Integer> {
    private static final int DISCARD_PORT = 9;

    @Option(names = "--sip", required = true, paramLabel = "HOST:PORT", converter = HostPortOption.class)
    private HostPort sip;

    @Option(names = "--server-name", required = true, paramLabel = "NAME")
    private String serverName;

    @Option(names = "--ca-file", required = true, paramLabel = "PEM")
    private Path caFile;

    @Option(names = "--domain", required = true, paramLabel = "DOMAIN")
    private String domain;

    @Option(names = "--alice-password-file", required = true, paramLabel = "FILE")
    private Path alicePasswordFile;

    @Option(names = "--bob-password-file", required = true, paramLabel = "FILE")
    private Path bobPasswordFile;

    @Option(
            names = "--proxy",
            paramLabel = "HOST:PORT",
            converter = HostPortOption.class,
            description = "Go through this proxy. Default: straight to the edge.")
    private @Nullable HostPort proxy;

    @Option(names = "--proxy-user", paramLabel = "USER", description = "Needs --proxy-password-file.")
    private @Nullable String proxyUser;

    @Option(names = "--proxy-password-file", paramLabel = "FILE")
    private @Nullable Path proxyPasswordFile;

    @Option(
            names = "--keep",
            paramLabel = "SECONDS",
            description = "What the edge is to answer keep with (default: ${DEFAULT-VALUE}).")
    private int keepSeconds = StoryConfig.DEFAULT_KEEP_SECONDS;

    @Option(
            names = "--turns",
            paramLabel = "URI",
            converter = TurnUriOption.class,
            description = "The TURN server over TLS. Default: no media story.")
    private @Nullable TurnUri turns;

    @Option(
            names = "--turn",
            paramLabel = "URI",
            converter = TurnUriOption.class,
            description = "The same over TCP, reached without a proxy. Default: not tried.")
    private @Nullable TurnUri turn;

    private BedStory() {}

    /** Runs and exits. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BedStory())
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println("bed-story: " + failure.getMessage());
                    return 1;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        StoryConfig config = new StoryConfig(
                new InetSocketAddress(InetAddress.getByName(sip.host()), sip.port()),
                serverName,
                caFile,
                domain,
                "alice",
                firstLine(alicePasswordFile),
                "bob",
                firstLine(bobPasswordFile),
                keepSeconds);
        boolean passed = new SignallingStory(config, BedStory::tell, route()).run()
                && (turns == null || mediaStory(config, turns).run());
        return passed ? 0 : 1;
    }

    private MediaStory mediaStory(StoryConfig config, TurnUri overTls) throws IOException {
        InetSocketAddress forbidden = new InetSocketAddress(InetAddress.getLoopbackAddress(), DISCARD_PORT);
        return new MediaStory(new MediaConfig(config, overTls, turn, forbidden), BedStory::tell, route());
    }

    private StoryRoute route() throws IOException {
        if (proxy == null) {
            return StoryRoute.direct();
        }
        if (proxyUser == null || proxyPasswordFile == null) {
            return StoryRoute.through(HttpProxy.at(proxy));
        }
        return StoryRoute.through(new HttpProxy(proxy, ProxyCredentials.of(proxyUser, firstLine(proxyPasswordFile))));
    }

    private static String firstLine(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .findFirst()
                .orElseThrow(() -> new IOException(file + ": its first line has to be the password, and is empty"));
    }

    private static void tell(String name, boolean passed, String seen) {
        System.out.println((passed ? "ok " : "FAILED ") + name + ": " + seen);
    }
}
