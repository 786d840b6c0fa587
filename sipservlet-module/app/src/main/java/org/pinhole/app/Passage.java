package org.pinhole.app;

/** What becomes of a request within a dialog that passes us (RFC 5626 §5.3). */
enum Passage {
    /** Outgoing: it goes by the way of its dialog, see {@link DialogWays}. */
    FROM_PHONE(0, ""),
    /** Incoming: it leaves on the phone's flow, and is answered 430 if that is gone. */
    TO_PHONE(0, ""),
    /** No token, or none that we gave this dialog. */
    FORGED(403, "Flow Token Not Genuine"),
    /** The phone has never been told of a dialog with that other side, or not that it is there. */
    ASTRAY(481, "Call/Transaction Does Not Exist"),
    /** By its tags it is of somebody who would have sent it on another flow. */
    IMPOSTOR(403, "Not On A Flow Of This Dialog");

    private final int status;
    private final String reason;

    Passage(int status, String reason) {
        this.status = status;
        this.reason = reason;
    }

    /** Whether it goes no further. */
    boolean isRefused() {
        return status > 0;
    }

    /** What its sender is told. */
    int status() {
        return status;
    }

    /** The same in words. */
    String reason() {
        return reason;
    }
}
