package org.pinhole.turn.allocation;

/**
 * What is done for an allocation, so many times a second, when its network has had its share: others of the network, and who
 * sends in its name, do not keep an owner from what is his. Each kind has a share of its own, so that who can send only the one
 * does not use up the other. From its event loop.
 */
public final class Spares {
    private static final int A_SECOND = 2;

    private final ByteRate answers;
    private final ByteRate newerNames;
    private final ByteRate rechecks;

    Spares(NanoClock clock) {
        answers = new ByteRate(clock, A_SECOND);
        newerNames = new ByteRate(clock, A_SECOND);
        rechecks = new ByteRate(clock, A_SECOND);
    }

    /** One more challenge to who sends on its five-tuple, with whatever nonce. */
    public boolean answer() {
        return answers.take(1);
    }

    /** One more question for the keys of a name that may be its owner's; whoever asks has a nonce that was sent to him. */
    public boolean newerName() {
        return newerNames.take(1);
    }

    /** One more question whether its owner, who has proved to be it, may still use the server. */
    public boolean recheck() {
        return rechecks.take(1);
    }
}
