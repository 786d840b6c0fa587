package org.pinhole.suite.bed;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.pinhole.suite.peer.Foreign;

/**
 * What takes its time in the bed, begun before all tests: a call with audio and messages that falls silent, a phone that never
 * pings, and a phone whose path is cut in a call.
 */
final class Sleepers implements AutoCloseable {
    /** How long is talked after the silence; more than a busy machine may hold a phone up. */
    private static final int LOUD_SECONDS = 8;

    private final Bed bed;
    private final BedUe phones;
    private final List<Foreign> all = new ArrayList<>();
    private final Foreign mutedCallee;
    private final Foreign mutedCaller;
    private final Foreign silent;
    private final Foreign late;
    private final Foreign prompt;
    private final Foreign cutOff;

    private Sleepers(Bed bed, BedUe phones, String[] throughProxy, int idleSeconds) throws Exception {
        this.bed = bed;
        this.phones = phones;
        int awake = 3 * idleSeconds + 3;
        String[] silence = {"--mute-after", "2", "--unmute-after", String.valueOf(awake)};
        this.mutedCallee = answering("proxy", "frank", BedUe.with(silence, "--server", BedUe.EDGE + ":443", "--media"));
        bed.guest("cut", "open");
        this.cutOff = answering(
                "cut", "carol", "--server", BedUe.EDGE + ":443", "--server", BedUe.EDGE + ":5061", "--flows", "1");
        this.silent = kept(phones.at443(
                "ue", "silent", "register", "dave", BedUe.with(throughProxy, "--keep", "--misbehave", "no-pings")));
        bed.guest("idlerst", "idle-rst");
        this.late = kept(phones.at443(
                "idlerst", "late", "register", "dave", BedUe.straight("--keep", "--misbehave", "late-pings")));
        this.prompt = kept(phones.at443("idlerst", "prompt", "register", "dave", BedUe.straight("--keep")));
        await().atMost(BedSite.LONG).until(() -> mutedCallee.output().contains("waiting: "));
        this.mutedCaller = muted(BedUe.with(throughProxy, silence), awake + LOUD_SECONDS);
    }

    static Sleepers begin(Bed bed, BedUe phones, String[] throughProxy, int idleSeconds) throws Exception {
        Sleepers sleepers = new Sleepers(bed, phones, throughProxy, idleSeconds);
        sleepers.cut();
        sleepers.awaitBegun();
        return sleepers;
    }

    private Foreign muted(String[] options, int seconds) throws IOException {
        return kept(phones.at443(
                "ue",
                "erin",
                "call",
                "erin",
                BedUe.with(
                        options,
                        "--audio",
                        "--message",
                        "Good night",
                        "--last-message",
                        "Good morning",
                        "--duration",
                        String.valueOf(seconds),
                        "sip:frank@" + PinholeServer.DOMAIN)));
    }

    private void cut() throws Exception {
        await().atMost(BedSite.LONG).until(() -> cutOff.output().contains("waiting: "));
        String carol = "sip:carol@" + PinholeServer.DOMAIN;
        kept(phones.at443("peer", "calls-carol", "call", "dave", BedUe.straight("--duration", "60", carol)));
        await().atMost(BedSite.LONG).until(() -> cutOff.output().contains("the call stands"));
        bed.guest("cut", "cut", "443");
    }

    /** From here on the firewall's rules may be swapped: whoever needs the proxy has his tunnels. */
    private void awaitBegun() {
        for (Foreign phone : List.of(silent, late, prompt)) {
            await().atMost(BedSite.LONG).until(() -> phone.output().contains("REGISTER: SIP/2.0 200 OK"));
        }
        await().atMost(BedSite.LONG).until(() -> mutedCaller.output().contains("message: sent, delivered"));
    }

    private Foreign answering(String namespace, String user, String... more) throws IOException {
        return kept(phones.start(namespace, user, "answer", user, BedUe.straight(BedUe.with(more, "--keep"))));
    }

    private Foreign kept(Foreign phone) {
        all.add(phone);
        return phone;
    }

    /** Talks, is silent for three idle limits, talks again; straight out of the proxy's network. */
    Foreign mutedCallee() {
        return mutedCallee;
    }

    /** The same through the proxy; hangs up at the end. */
    Foreign mutedCaller() {
        return mutedCaller;
    }

    /** Registered through the proxy, and says nothing. */
    Foreign silent() {
        return silent;
    }

    /** Behind a firewall that resets what has been idle, and pings too late for that. */
    Foreign late() {
        return late;
    }

    /** Behind the same one, and pings as was agreed. */
    Foreign prompt() {
        return prompt;
    }

    /** Answers on one flow of two edges; nothing passes of the first one's port any more. */
    Foreign cutOff() {
        return cutOff;
    }

    @Override
    public void close() {
        all.forEach(Foreign::close);
    }
}
