package org.pinhole.suite.demo;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The TURN server beside the container: started, killed and started again as the story wants it. */
final class TurnStage implements OutageStory.Sidecar, AutoCloseable {
    private final TurnPlan plan;
    private final Path pinholeHome;
    private final Path log;
    private volatile @Nullable TurnSidecar sidecar; // a shutdown hook stops it, too

    TurnStage(TurnPlan plan, Path pinholeHome, Path log) {
        this.plan = plan;
        this.pinholeHome = pinholeHome;
        this.log = log;
    }

    TurnPlan plan() {
        return plan;
    }

    Path log() {
        return log;
    }

    @Override
    public String start() throws IOException {
        TurnSidecar started = TurnSidecar.start(pinholeHome, plan.options(), log);
        sidecar = started;
        return "process " + started.pid() + ": " + started.listening();
    }

    @Override
    public String kill() throws IOException {
        TurnSidecar running = sidecar;
        if (running == null) {
            throw new IOException("the TURN server does not run");
        }
        running.kill();
        return "process " + running.pid() + " is gone";
    }

    /** The process id of the one that was started last, or null before that. */
    @Nullable
    Long pid() {
        TurnSidecar running = sidecar;
        return running == null ? null : running.pid();
    }

    @Override
    public void close() {
        TurnSidecar running = sidecar;
        if (running != null) {
            running.close();
        }
    }
}
