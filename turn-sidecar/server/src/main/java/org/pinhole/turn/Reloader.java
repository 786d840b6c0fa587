package org.pinhole.turn;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * Reads the settings anew: on SIGHUP, when the admin port says so, and when one of their files has changed. All of it is read
 * and checked before any of it is used, so what is wrong changes nothing, and is said once.
 */
final class Reloader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);
    private static final long TICKET_MINUTES = 1;

    private final List<String> arguments;
    private final TurnServer server;
    private final InstantSource clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread one = new Thread(work, "turn-reload");
        one.setDaemon(true);
        return one;
    });
    private TurnOptions options;

    /** The arguments as they were typed, with {@code --config} not yet read. */
    Reloader(List<String> arguments, TurnOptions options, TurnServer server, InstantSource clock) {
        this.arguments = arguments;
        this.options = options;
        this.server = server;
        this.clock = clock;
    }

    /** Looks at the files from now on, at the machine's addresses, and at the age of the ticket keys. */
    void watch() {
        int seconds = options.admin.watchSeconds;
        if (seconds > 0) {
            FileWatch files = new FileWatch(options.files());
            var unused = thread.scheduleWithFixedDelay(() -> look(files), seconds, seconds, TimeUnit.SECONDS);
        }
        var unused = thread.scheduleWithFixedDelay(
                server::renewTicketKeys, TICKET_MINUTES, TICKET_MINUTES, TimeUnit.MINUTES);
    }

    /** On SIGHUP, and when a file has changed; never throws, since files are to be looked at again whatever comes of it. */
    void reloadAndSay() {
        try {
            String unused = reload();
        } catch (StartException e) {
            // the log has it
        } catch (RuntimeException e) {
            LOG.error("reload: failed for a reason of our own", e);
        }
    }

    /** Reads and uses everything; fails with what is wrong, and then nothing has changed. The log has it either way. */
    synchronized String reload() throws StartException {
        try {
            CommandLine command = TurnMain.commandLine();
            String outcome = use(ConfigFile.of(
                    arguments, command.getCommandSpec().optionsMap().keySet()));
            LOG.info("reload: {}", outcome);
            return outcome;
        } catch (StartException e) {
            LOG.warn("reload: {}; nothing was changed", e.getMessage());
            throw e;
        }
    }

    private String use(ConfigFile config) throws StartException {
        try {
            TurnOptions next = TurnMain.parse(config.arguments());
            List<String> needsRestart = server.apply(new SettingsReader(next, clock).read());
            options = next;
            return needsRestart.isEmpty()
                    ? "done"
                    : "done, except that these take a restart: " + String.join(", ", needsRestart);
        } catch (CommandLine.ParameterException e) {
            String wrong = String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong usage");
            throw new StartException(config.explain(wrong), e);
        } catch (StartException e) {
            throw new StartException(config.explain(e), e);
        }
    }

    private synchronized void look(FileWatch files) {
        if (files.hasChanged(options.files())) {
            reloadAndSay();
        }
        try {
            server.followAddresses();
        } catch (RuntimeException e) {
            LOG.error("the machine's addresses: failed for a reason of our own", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
