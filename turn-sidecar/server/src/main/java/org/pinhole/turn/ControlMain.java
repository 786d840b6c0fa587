package org.pinhole.turn;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code pinhole turn status}, {@code drain} and {@code reload}: tells a running server through its admin port. Takes the
 * server's own options, so that the same {@code --config} says where that port is.
 */
@CommandLine.Command(
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Tells the TURN server whose options are given (usually by --config) what to do.")
final class ControlMain implements Callable<Integer> {
    static final Set<String> VERBS = Set.of("status", "drain", "reload");

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String verb;

    @Option(
            names = "--drain-seconds",
            paramLabel = "N",
            description = "drain: ends the last allocations after this time (default: ${DEFAULT-VALUE}).")
    private int drainSeconds = 3600;

    @Mixin
    private final TurnOptions options = new TurnOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ControlMain(String verb) {
        this.verb = verb;
    }

    static CommandLine commandLine(String verb) {
        CommandLine command = TurnMain.configured(new CommandLine(new ControlMain(verb)));
        command.setCommandName("pinhole turn " + verb);
        return command;
    }

    @Override
    public Integer call() throws StartException, InterruptedException {
        InetSocketAddress address = options.admin.listen;
        Path tokenFile = options.admin.tokenFile;
        if (address == null || tokenFile == null) {
            throw new StartException(
                    "%s needs --admin-listen and --admin-token-file, or the --config that has them".formatted(verb));
        }
        String token = OperatorFiles.privateSecret("--admin-token-file", tokenFile);
        HttpResponse<String> answer = ask(request(address, token), address);
        PrintWriter out = answer.statusCode() == 200
                ? spec.commandLine().getOut()
                : spec.commandLine().getErr();
        out.print(answer.body());
        out.flush();
        return answer.statusCode() == 200 ? 0 : 1;
    }

    private HttpRequest request(InetSocketAddress address, String token) {
        String query = verb.equals("drain") ? "?seconds=" + drainSeconds : "";
        String host = io.netty.util.NetUtil.toSocketAddressString(address);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + host + "/" + verb + query))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token);
        return (verb.equals("status") ? request.GET() : request.POST(HttpRequest.BodyPublishers.noBody())).build();
    }

    private static HttpResponse<String> ask(HttpRequest request, InetSocketAddress address)
            throws StartException, InterruptedException {
        try {
            HttpClient client = HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new StartException(
                    "no server answers at --admin-listen %s: connection refused; is it running?"
                            .formatted(io.netty.util.NetUtil.toSocketAddressString(address)),
                    e);
        } catch (IOException e) {
            throw new StartException(
                    "no server answers at --admin-listen %s: %s"
                            .formatted(io.netty.util.NetUtil.toSocketAddressString(address), e.getMessage()),
                    e);
        }
    }

    /** Parses and runs {@code VERB OPTIONS}. */
    static int run(List<String> arguments) {
        String verb = arguments.get(0);
        return TurnMain.execute(arguments.subList(1, arguments.size()), commandLine(verb));
    }
}
