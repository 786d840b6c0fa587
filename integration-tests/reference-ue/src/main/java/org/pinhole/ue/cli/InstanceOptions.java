package org.pinhole.ue.cli;

import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.sip.InstanceId;
import org.pinhole.ue.sip.SipFailure;
import picocli.CommandLine.Option;

/** Where the instance-id is kept over restarts (U-5). */
final class InstanceOptions {
    @Option(
            names = "--instance-file",
            paramLabel = "FILE",
            description =
                    "Where this phone's instance-id is kept, made when absent; phones that run side by side for one"
                            + " user need one each. Default: ~/.local/state/pinhole/instance-id.")
    private @Nullable Path file;

    /** The kept one; a place of our own choice that cannot be written costs a line, one that was asked for the run. */
    UUID id(FlowReport report) throws SipFailure {
        if (file != null) {
            return InstanceId.kept(file);
        }
        try {
            return InstanceId.kept(Path.of(System.getProperty("user.home"), ".local/state/pinhole/instance-id"));
        } catch (SipFailure e) {
            report.say("instance-id", "new for this run; " + e.getMessage() + " with --instance-file");
            return UUID.randomUUID();
        }
    }
}
