package org.pinhole.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.pinhole.bench.report.Report;
import org.pinhole.bench.scenario.Abuse;
import org.pinhole.bench.scenario.Bed;
import org.pinhole.bench.scenario.Digest;
import org.pinhole.bench.scenario.Handshakes;
import org.pinhole.bench.scenario.HeadOfLine;
import org.pinhole.bench.scenario.Idle;
import org.pinhole.bench.scenario.RegisterCase;
import org.pinhole.bench.scenario.Scenario;
import org.pinhole.bench.scenario.Soak;
import org.pinhole.bench.scenario.Storm;
import org.pinhole.bench.scenario.Throughput;
import org.pinhole.bench.server.KeyKind;
import org.pinhole.suite.container.ContainerParts;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code bench.sh}. */
@Command(
        name = "bench.sh",
        mixinStandardHelpOptions = true,
        description = "Measures the connector beside its peers, and the TURN server.")
public final class BenchMain {
    @Option(names = "--parts", required = true, hidden = true)
    private Path parts = Path.of("");

    @Option(names = "--work", required = true, hidden = true)
    private Path work = Path.of("");

    @Option(
            names = "--jvm",
            split = " ",
            defaultValue = "-Xmx2g",
            description = "options of every container's JVM (default: ${DEFAULT-VALUE})")
    private List<String> jvm = List.of();

    /** Runs one scenario. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchMain()).execute(arguments));
    }

    @Command(name = "throughput", description = "REGISTER to 200 per second, beside both stock processors")
    int throughput(
            @Option(
                            names = "--cases",
                            split = ",",
                            defaultValue = "1/1:1.0,1/32:1.0,100/1:1.2",
                            description = "CONNECTIONS/OUTSTANDING:TARGET,... (default: ${DEFAULT-VALUE})")
                    List<String> cases,
            @Option(names = "--rounds", defaultValue = "5") int rounds,
            @Option(names = "--seconds", defaultValue = "3.5") double seconds,
            @Option(names = "--warm-up", defaultValue = "49", description = "seconds for each of them, in turns")
                    double warmUp)
            throws Exception {
        return run(new Throughput(cases.stream().map(RegisterCase::parse).toList(), rounds, seconds, warmUp));
    }

    @Command(name = "idle", description = "registered flows that only ping: memory, threads, pongs")
    int idle(
            @Option(names = "--flows", defaultValue = "20000", description = "needs as many file descriptors")
                    int flows,
            @Option(names = "--keep", defaultValue = "45", description = "seconds between pings") double keep,
            @Option(names = "--hold", defaultValue = "90", description = "seconds to look at them") double hold)
            throws Exception {
        return run(new Idle(flows, keep, hold));
    }

    @Command(name = "abuse", description = "pongs of live flows beside stalled handshakes and garbage")
    int abuse(
            @Option(names = "--live", defaultValue = "500") int live,
            @Option(names = "--stalled", defaultValue = "2000") int stalled,
            @Option(names = "--garbage", defaultValue = "200", description = "connections per second") int garbage,
            @Option(names = "--seconds", defaultValue = "30") double seconds)
            throws Exception {
        return run(new Abuse(live, stalled, garbage, seconds));
    }

    @Command(name = "handshakes", description = "full and resumed, beside the stock processors and Kamailio")
    int handshakes(
            @Option(names = "--key", defaultValue = "P_256", description = "RSA_2048 or P_256") KeyKind key,
            @Option(names = "--at-once", defaultValue = "32") int atOnce,
            @Option(names = "--rounds", defaultValue = "3") int rounds,
            @Option(names = "--seconds", defaultValue = "4") double seconds,
            @Option(
                            names = "--warm-up",
                            defaultValue = "48",
                            description = "seconds for each of them, in turns (default: ${DEFAULT-VALUE})")
                    double warmUp)
            throws Exception {
        return run(new Handshakes(key, atOnce, rounds, seconds, warmUp));
    }

    @Command(name = "storm", description = "many flows are reset at once and come back, while others are live")
    int storm(
            @Option(names = "--flows", defaultValue = "5000") int flows,
            @Option(names = "--live", defaultValue = "500") int live,
            @Option(names = "--key", defaultValue = "P_256", description = "RSA_2048 or P_256") KeyKind key,
            @Option(
                            names = "--sources",
                            defaultValue = "25000",
                            description = "addresses that they come back from; one may have 4096 connections")
                    int sources)
            throws Exception {
        return run(new Storm(flows, live, key, sources));
    }

    @Command(name = "soak", description = "a bit of everything for a while, with the leak detector at its strictest")
    int soak(
            @Option(names = "--flows", defaultValue = "500") int flows,
            @Option(names = "--seconds", defaultValue = "600") int seconds)
            throws Exception {
        return run(new Soak(flows, seconds));
    }

    @Command(
            name = "head-of-line",
            description = "a sound beside a picture through the TURN server, on a link that loses packets; takes root")
    int headOfLine(
            @Option(names = "--lost", split = ",", defaultValue = "0,10", description = "packets of 1000")
                    List<Integer> lostOf1000,
            @Option(names = "--rate", defaultValue = "4mbit", description = "of the client's link") String rate,
            @Option(names = "--seconds", defaultValue = "30", description = "of each case") double seconds)
            throws Exception {
        return run(new HeadOfLine(seconds, lostOf1000, rate));
    }

    @Command(name = "digest", description = "verifications, and registrations beside the container's authenticator")
    int digest(
            @Option(names = "--connections", defaultValue = "32") int connections,
            @Option(names = "--rounds", defaultValue = "15", description = "(default: ${DEFAULT-VALUE})") int rounds,
            @Option(names = "--seconds", defaultValue = "1", description = "of a turn (default: ${DEFAULT-VALUE})")
                    double seconds,
            @Option(
                            names = "--warm-up",
                            defaultValue = "45",
                            description = "seconds for each of them, in turns, half of it in each way")
                    double warmUp)
            throws Exception {
        return run(new Digest(connections, rounds, seconds, warmUp));
    }

    private int run(Scenario scenario) throws Exception {
        Files.createDirectories(work);
        Report report = new Report(System.out);
        report.machine();
        scenario.run(new Bed(new ContainerParts(parts), work, jvm, report));
        return 0;
    }

    private BenchMain() {}
}
