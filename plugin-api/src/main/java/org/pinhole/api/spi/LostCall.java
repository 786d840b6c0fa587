package org.pinhole.api.spi;

/** A call whose phone cannot be reached any more: what names its dialog (RFC 3261 §12). Immutable. */
public final class LostCall {
    private final String callId;
    private final String callerTag;
    private final String calleeTag;
    private final String caller;
    private final String callee;

    private LostCall(String callId, String callerTag, String calleeTag, String caller, String callee) {
        this.callId = callId;
        this.callerTag = callerTag;
        this.calleeTag = calleeTag;
        this.caller = caller;
        this.callee = callee;
    }

    /**
     * A call.
     *
     * @param caller the URI in From of its INVITE
     * @param callee the URI in To
     */
    public static LostCall of(String callId, String callerTag, String calleeTag, String caller, String callee) {
        return new LostCall(callId, callerTag, calleeTag, caller, callee);
    }

    /** Its Call-ID. */
    public String callId() {
        return callId;
    }

    /** The tag of who has called. */
    public String callerTag() {
        return callerTag;
    }

    /** The tag of who has accepted. */
    public String calleeTag() {
        return calleeTag;
    }

    /** Who the caller said to be: a URI. */
    public String caller() {
        return caller;
    }

    /** Who was called: a URI. */
    public String callee() {
        return callee;
    }

    @Override
    public String toString() {
        return "call " + callId;
    }
}
