package org.pinhole.suite.demo;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.pinhole.ue.sip.Answerer;
import org.pinhole.ue.sip.UeSettings;
import org.pinhole.ue.sip.UserAgent;
import org.pinhole.ue.sip.WireListener;

/** A user's phone, with all that it received on its one connection. */
final class Phone implements WireListener, AutoCloseable {
    private final String aor;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private final UserAgent agent;

    /** Dials at once. */
    Phone(StoryConfig config, Way way, String user, String password) throws IOException {
        this(UeSettings.of(way.toSip(), config.domain(), user, password));
    }

    /** The same with calls answered by this. */
    Phone(StoryConfig config, Way way, String user, String password, Answerer answerer) throws IOException {
        this(UeSettings.of(way.toSip(), config.domain(), user, password).answeringBy(answerer));
    }

    private Phone(UeSettings settings) throws IOException {
        this.aor = settings.aor();
        this.agent = UserAgent.connect(settings, this);
    }

    UserAgent agent() {
        return agent;
    }

    String aor() {
        return aor;
    }

    /** How many messages with such a start line came in. */
    long received(String startLine) {
        return received.stream()
                .filter(text -> text.startsWith(startLine + "\r\n"))
                .count();
    }

    /** Whether it has accepted a call with this Contact: the one that it registered, or the GRUU that it was given. */
    boolean hasAcceptedAt(String uri) {
        return accepted.stream().anyMatch(text -> text.contains("\r\nContact: <" + uri + ">"));
    }

    @Override
    public void sent(Instant at, String text) {
        if (text.startsWith("SIP/2.0 200 ") && text.contains(" INVITE\r\n")) {
            accepted.add(text);
        }
    }

    @Override
    public void received(Instant at, String text) {
        received.add(text);
    }

    @Override
    public void close() {
        agent.close();
    }
}
