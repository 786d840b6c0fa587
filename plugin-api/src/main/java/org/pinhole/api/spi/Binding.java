package org.pinhole.api.spi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.FlowToken;

/**
 * One binding: an address-of-record is reachable at a Contact, until it expires or its flow dies. Under RFC 5626 it is
 * keyed by instance-id and reg-id, otherwise by the Contact URI. Immutable.
 */
public final class Binding {
    private final String contactUri;
    private final @Nullable String instanceId;
    private final long regId;
    private final String callId;
    private final long cseq;
    private final long registeredAtMillis;
    private final long expiresAtMillis;
    private final @Nullable FlowToken flow;
    private final List<String> path;

    private Binding(Builder builder) {
        this.contactUri = builder.contactUri;
        this.instanceId = builder.instanceId;
        this.regId = builder.regId;
        this.callId = builder.callId;
        this.cseq = builder.cseq;
        this.registeredAtMillis = builder.registeredAtMillis;
        this.expiresAtMillis = builder.expiresAtMillis;
        this.flow = builder.flow;
        this.path = Collections.unmodifiableList(new ArrayList<>(builder.path));
    }

    /** A builder of a binding to this Contact URI. */
    public static Builder to(String contactUri) {
        return new Builder(contactUri);
    }

    /** The Contact's URI, as it was registered. */
    public String contactUri() {
        return contactUri;
    }

    /** The {@code +sip.instance} of the phone, such as {@code <urn:uuid:…>}, or null when it named none. */
    public @Nullable String instanceId() {
        return instanceId;
    }

    /** The {@code reg-id} when outbound was used, otherwise 0. */
    public long regId() {
        return regId;
    }

    /** Whether the binding is keyed by instance-id and reg-id (RFC 5626 §6). */
    public boolean outbound() {
        return regId > 0;
    }

    /** The Call-ID of the REGISTER that made or last refreshed it. */
    public String callId() {
        return callId;
    }

    /** The CSeq number of that REGISTER. */
    public long cseq() {
        return cseq;
    }

    /** When that REGISTER was served. */
    public long registeredAtMillis() {
        return registeredAtMillis;
    }

    /** When it expires, by the registrar's clock. */
    public long expiresAtMillis() {
        return expiresAtMillis;
    }

    /** The flow that the REGISTER came on, or null when it came on none. */
    public @Nullable FlowToken flow() {
        return flow;
    }

    /** The Path of the REGISTER, topmost first (RFC 3327); often empty. */
    public List<String> path() {
        return path;
    }

    private List<Object> fields() {
        return Arrays.asList(
                contactUri,
                String.valueOf(instanceId),
                regId,
                callId,
                cseq,
                registeredAtMillis,
                expiresAtMillis,
                flow == null ? "" : flow.text(),
                path);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Binding && ((Binding) other).fields().equals(fields());
    }

    @Override
    public int hashCode() {
        return fields().hashCode();
    }

    /** The Contact only: a Path may hold flow tokens. */
    @Override
    public String toString() {
        return "Binding to " + contactUri;
    }

    /** Collects the parts of a {@link Binding}. */
    public static final class Builder {
        private final String contactUri;
        private @Nullable String instanceId;
        private long regId;
        private String callId = "";
        private long cseq;
        private long registeredAtMillis;
        private long expiresAtMillis;
        private @Nullable FlowToken flow;
        private List<String> path = Collections.emptyList();

        private Builder(String contactUri) {
            this.contactUri = contactUri;
        }

        /** The phone's instance-id, and its reg-id when outbound is used, otherwise 0. */
        public Builder instance(@Nullable String instance, long registrationId) {
            this.instanceId = instance;
            this.regId = registrationId;
            return this;
        }

        /** The REGISTER's Call-ID and CSeq number. */
        public Builder request(String requestCallId, long requestCseq) {
            this.callId = requestCallId;
            this.cseq = requestCseq;
            return this;
        }

        /** When the REGISTER was served, and when the binding expires. */
        public Builder lifetime(long registeredAt, long expiresAt) {
            this.registeredAtMillis = registeredAt;
            this.expiresAtMillis = expiresAt;
            return this;
        }

        /** The way back: the flow that the REGISTER came on, and its Path. */
        public Builder over(@Nullable FlowToken flowToken, List<String> pathUris) {
            this.flow = flowToken;
            this.path = pathUris;
            return this;
        }

        /** The binding. */
        public Binding build() {
            return new Binding(this);
        }
    }
}
