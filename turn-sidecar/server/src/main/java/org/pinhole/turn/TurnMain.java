package org.pinhole.turn;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.pinhole.turn.relay.Cidr;
import org.pinhole.turn.relay.IpLiteral;
import org.pinhole.turn.relay.PortRange;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code pinhole turn}: the TURN server's command line. Exit codes: 0 stopped, 1 cannot start, 2 wrong usage. */
@CommandLine.Command(
        name = "pinhole turn",
        mixinStandardHelpOptions = true,
        versionProvider = TurnMain.Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Runs the TURN server (RFC 8656) over UDP, TCP and TLS until it is told to stop.",
        footer = {
            "",
            "A running server with --admin-listen is told what to do, with the same options or --config, by",
            "  pinhole turn status | drain [--drain-seconds N] | reload",
            "",
            "Example:",
            "  pinhole turn --tls-listen 192.0.2.1:443 --tcp-listen 192.0.2.1:80 --udp-listen 192.0.2.1:3478 \\",
            "    --realm example.com --user-file users --certificate-file chain.pem --private-key-file key.pem"
        })
public final class TurnMain implements Callable<Integer> {
    static final int CANNOT_START = 1;

    @Mixin
    private final TurnOptions options = new TurnOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private List<String> typed = List.of();

    private TurnMain() {}

    public static void main(String[] arguments) {
        List<String> typed = Arrays.asList(arguments);
        int code = !typed.isEmpty() && ControlMain.VERBS.contains(typed.get(0))
                ? ControlMain.run(typed)
                : run(typed, commandLine());
        if (code != 0) {
            System.exit(code);
        }
    }

    static CommandLine commandLine() {
        return commandLine(new TurnMain());
    }

    private static CommandLine commandLine(TurnMain main) {
        return configured(new CommandLine(main));
    }

    /** What the server's own options need to be read, whoever has them. */
    static CommandLine configured(CommandLine command) {
        command.registerConverter(InetSocketAddress.class, explained(SocketAddresses::parse));
        command.registerConverter(InetAddress.class, explained(IpLiteral::parse));
        command.registerConverter(PortRange.class, explained(PortRange::parse));
        command.registerConverter(Cidr.class, explained(Cidr::parse));
        command.setOverwrittenOptionsAllowed(true);
        return command;
    }

    /** The options alone, for whoever starts a server from within. */
    static TurnOptions parse(List<String> arguments) {
        TurnMain main = new TurnMain();
        commandLine(main).parseArgs(arguments.toArray(new String[0]));
        return main.options;
    }

    /** Parses, with the file of --config put in front, and runs until the server stops. */
    static int run(List<String> arguments, CommandLine command) {
        ((TurnMain) command.getCommand()).typed = arguments;
        return execute(arguments, command);
    }

    /** Executes a command whose options may stand in the file of --config. */
    static int execute(List<String> arguments, CommandLine command) {
        try {
            ConfigFile config = ConfigFile.of(
                    arguments, command.getCommandSpec().optionsMap().keySet());
            command.setParameterExceptionHandler((e, unused) -> wrongUsage(e, config));
            command.setExecutionExceptionHandler((e, failed, unused) -> cannotStart(e, failed.getErr(), config));
            return command.execute(config.arguments().toArray(new String[0]));
        } catch (StartException e) {
            command.getErr().println("pinhole turn: " + e.getMessage());
            return command.getCommandSpec().exitCodeOnInvalidInput();
        }
    }

    @Override
    public Integer call() throws StartException, InterruptedException {
        InstantSource clock = InstantSource.system();
        TurnSettings settings = new SettingsReader(options, clock).read();
        PrintWriter out = spec.commandLine().getOut();
        try (TurnServer server = TurnServer.start(settings, clock);
                Reloader reloader = new Reloader(typed, options, server, clock);
                Admin admin = Admin.start(settings.admin(), new TurnOperations(server, reloader))) {
            admin.keepFrom(server);
            Signals.on("TERM", server::close);
            Signals.on("INT", server::close);
            Signals.on("HUP", reloader::reloadAndSay);
            reloader.watch();
            out.println("pinhole turn " + server.describe() + admin.describe());
            out.flush();
            server.awaitClose();
        }
        out.println("pinhole turn stopped");
        out.flush();
        return 0;
    }

    private static <T> ITypeConverter<T> explained(ITypeConverter<T> parser) {
        return text -> {
            try {
                return parser.convert(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
    }

    private static int wrongUsage(ParameterException e, ConfigFile config) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong usage");
        if (e instanceof UnmatchedArgumentException unmatched) {
            String typed = unmatched.getUnmatched().get(0);
            message = "unknown option '%s'; did you mean %s?"
                    .formatted(typed, NearestName.of(typed.replaceFirst("=.*", ""), known(typed, e.getCommandLine())));
        }
        PrintWriter err = e.getCommandLine().getErr();
        err.println("pinhole turn: " + config.explain(message) + " (--help lists the options)");
        err.flush();
        return e.getCommandLine().getCommandSpec().exitCodeOnInvalidInput();
    }

    /** A word without a dash was meant to be a verb. */
    private static Set<String> known(String typed, CommandLine command) {
        return typed.startsWith("-") ? command.getCommandSpec().optionsMap().keySet() : ControlMain.VERBS;
    }

    private static int cannotStart(Exception e, PrintWriter err, ConfigFile config) throws Exception {
        if (!(e instanceof StartException start)) {
            throw e;
        }
        err.println("pinhole turn: " + config.explain(start));
        err.flush();
        return CANNOT_START;
    }

    /** The version that the build wrote into the jar. */
    static String version() {
        String version = TurnMain.class.getPackage().getImplementationVersion();
        return version == null ? "(unreleased)" : version;
    }

    /** The same for {@code --version}. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"pinhole turn " + version()};
        }
    }
}
