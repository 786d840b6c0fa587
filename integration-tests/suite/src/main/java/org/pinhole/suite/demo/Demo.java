package org.pinhole.suite.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pinhole.suite.container.ContainerParts;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The demo's main: sets the stage, lets the story be told, stays. Exit codes: 0 all passed, 1 not, 2 not understood. */
@Command(
        name = "demo.sh",
        mixinStandardHelpOptions = true,
        description =
                "Installs Pinhole into a container and lets phones behind a proxy register, ping, call and send media.")
@SuppressWarnings("SystemOut") // the demo talks to a person
public final class Demo implements Callable<Integer> {
    @Option(names = "--once", description = "Stop after the table; exit 0 only if every step passed.")
    private boolean once;

    @Option(names = "--work", paramLabel = "DIR", description = "Where everything is put (default target/demo).")
    private Path work = Path.of("target/demo");

    @Option(names = "--parts", paramLabel = "DIR", hidden = true, description = "What the build has collected.")
    private Path parts = Path.of("target/container-parts");

    @Option(names = "--zip", paramLabel = "FILE", description = "Another distribution than the one just built.")
    private @Nullable Path zip;

    @Option(names = "--registrar-war", paramLabel = "FILE", description = "Another application in the user's place.")
    private @Nullable Path registrarWar;

    private Demo() {}

    /** Runs and exits. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Demo())
                .setParameterExceptionHandler((problem, given) -> {
                    problem.getCommandLine()
                            .getErr()
                            .println("demo.sh: " + problem.getMessage() + "; see ./demo.sh --help");
                    return CommandLine.ExitCode.USAGE;
                })
                .setOverwrittenOptionsAllowed(true) // demo.sh says --work, and who calls it may say another
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println("demo.sh: " + failure.getMessage());
                    return 1;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        work = Files.createDirectories(work.toAbsolutePath().normalize());
        try (WorkLock lock = WorkLock.of(work)) {
            lock.take();
            return show();
        }
    }

    private int show() throws IOException, InterruptedException {
        ContainerParts collected = new ContainerParts(parts.toAbsolutePath().normalize());
        StepTable table = new StepTable(System.out);
        DemoUsers users = DemoUsers.random(new SecureRandom());
        try (DemoStage stage =
                DemoStage.assemble(collected, orElse(registrarWar, collected.registrarWar()), work, table)) {
            Runtime.getRuntime().addShutdownHook(new Thread(stage::close, "stop what was started"));
            stage.installPinhole(orElse(zip, collected.distributionZip()), users);
            stage.start();
            Path env = DemoEnv.write(work, stage, users);
            boolean storiesPassed = table.allPassed() && stories(stage, users, table);
            DemoEnv.write(work, stage, users); // the TURN server's process is known now
            System.out.println(table.summary());
            if (!once) {
                System.out.println(Invitation.text(stage, env, work));
                stage.container().awaitEnd();
            }
            return storiesPassed && table.allPassed() ? 0 : 1;
        }
    }

    /** Signalling, then media, then what happens when the TURN server dies; each only after the one before it. */
    private static boolean stories(DemoStage stage, DemoUsers users, StepTable table) {
        StoryConfig sip = storyConfig(stage, users);
        if (!new SignallingStory(sip, table).run()) {
            return false;
        }
        stage.startTurn();
        TurnPlan plan = stage.turn().plan();
        MediaConfig media = new MediaConfig(sip, plan.tlsUri(), plan.tcpUri(), plan.forbiddenPeer());
        return table.allPassed()
                && new MediaStory(media, table).run()
                && new TalkStory(media, table).run()
                && new OutageStory(media, table, stage.turn()).run();
    }

    private static StoryConfig storyConfig(DemoStage stage, DemoUsers users) {
        return new StoryConfig(
                stage.port().address(),
                DemoStage.SERVER_NAME,
                stage.caFile(),
                DemoUsers.DOMAIN,
                DemoUsers.ALICE,
                users.alicePassword(),
                DemoUsers.BOB,
                users.bobPassword());
    }

    private static Path orElse(@Nullable Path said, Path otherwise) {
        return said == null ? otherwise : said;
    }
}
