package org.pinhole.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;
import org.pinhole.app.chain.Exchange;
import org.pinhole.app.chain.Identity;
import org.pinhole.app.chain.Onward;
import org.pinhole.app.chain.PassingResponse;
import org.pinhole.app.chain.Reply;
import org.pinhole.app.chain.ResponseEdit;
import org.pinhole.app.chain.SuccessHeader;
import org.pinhole.app.chain.Target;
import org.pinhole.app.chain.TargetSet;

/** A request written down by a test, and what the steps did with it. */
public final class FakeExchange implements Exchange {
    private final String method;
    private final String requestUri;
    private final @Nullable Flow flow;
    private final List<String[]> headers = new ArrayList<>();
    private final Map<String, SuccessHeader> onSuccess = new LinkedHashMap<>();
    private final List<List<Target>> phones = new ArrayList<>();
    private final List<ResponseEdit> onResponse = new ArrayList<>();
    private byte[] body = {};
    private @Nullable String sourceAddress;
    private @Nullable Identity identity;
    private @Nullable Reply reply;
    private boolean forwarded;
    private @Nullable String namedUser;
    private @Nullable Onward onward;

    public FakeExchange(String method, String requestUri, @Nullable Flow flow) {
        this.method = method;
        this.requestUri = requestUri;
        this.flow = flow;
    }

    /** A REGISTER of that user in pinhole.test, without Contact. */
    public static FakeExchange register(String user, @Nullable Flow flow) {
        return new FakeExchange("REGISTER", "sip:pinhole.test", flow)
                .with("Via", "SIP/2.0/TLS 10.0.0.7:5061;branch=z9hG4bK1;keep")
                .with("To", "<sip:" + user + "@pinhole.test>")
                .with("Call-ID", "call-" + user)
                .with("CSeq", "1 REGISTER");
    }

    public FakeExchange with(String name, String value) {
        headers.add(new String[] {name, value});
        return this;
    }

    public FakeExchange by(String user) {
        identity = Identity.of(user, "pinhole.test");
        return this;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String requestUri() {
        return requestUri;
    }

    @Override
    public List<String> headers(String name) {
        List<String> values = new ArrayList<>();
        for (String[] header : headers) {
            if (header[0].equalsIgnoreCase(name)) {
                values.add(header[1]);
            }
        }
        return values;
    }

    /** All header fields, name and value, in order. */
    public List<String[]> all() {
        return headers;
    }

    @Override
    public void removeHeader(String name) {
        headers.removeIf(header -> header[0].equalsIgnoreCase(name));
    }

    @Override
    public void removeHeaders(Predicate<String> names) {
        headers.removeIf(header -> names.test(header[0]));
    }

    @Override
    public void addHeader(String name, String value) {
        with(name, value);
    }

    public FakeExchange withBody(byte[] octets) {
        body = octets.clone();
        return this;
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    @Override
    public @Nullable Flow flow() {
        return flow;
    }

    @Override
    public @Nullable Identity identity() {
        return identity;
    }

    @Override
    public void authenticatedAs(Identity user) {
        identity = user;
    }

    @Override
    public void onSuccess(String name, SuccessHeader header) {
        onSuccess.put(name, header);
    }

    @Override
    public void onResponse(ResponseEdit edit) {
        onResponse.add(edit);
    }

    /** A response to the request that was sent on passes. */
    public void passing(PassingResponse response) {
        onResponse.forEach(edit -> edit.passing(response));
    }

    @Override
    public @Nullable String sourceAddress() {
        return sourceAddress;
    }

    public FakeExchange from(String address) {
        sourceAddress = address;
        return this;
    }

    @Override
    public void reply(Reply answer) {
        if (reply != null || forwarded) {
            throw new IllegalStateException("answered twice");
        }
        reply = answer;
    }

    /** The same request, led to us by a URI with this user part. */
    public FakeExchange naming(String user) {
        namedUser = user;
        return this;
    }

    @Override
    public @Nullable String namedUser() {
        return namedUser;
    }

    @Override
    public void forward(Onward how) {
        onward = how;
        forwarded = true;
    }

    /** How it was sent on. */
    public Onward onward() {
        if (onward == null) {
            throw new IllegalStateException("nothing was sent on");
        }
        return onward;
    }

    @Override
    public void fork(TargetSet to) {
        phones.addAll(to.phones());
        forwarded = true;
    }

    public Reply answer() {
        if (reply == null) {
            throw new IllegalStateException("nothing was answered");
        }
        return reply;
    }

    public boolean answered() {
        return reply != null;
    }

    public boolean forwarded() {
        return forwarded;
    }

    /** The targets of each phone that the request is to go to, best first. */
    public List<List<Target>> phones() {
        return phones;
    }

    /** The best target of each phone. */
    public List<Target> targets() {
        List<Target> best = new ArrayList<>();
        phones.forEach(flows -> best.add(flows.get(0)));
        return best;
    }

    /** What the steps put onto the 2xx that was answered, or else onto one that says nothing. */
    public Map<String, String> successHeaders() {
        return successHeaders(reply == null ? Reply.of(200, "OK") : reply);
    }

    /** What the steps put onto this 2xx. */
    public Map<String, String> successHeaders(Reply response) {
        Map<String, String> values = new LinkedHashMap<>();
        onSuccess.forEach((name, header) -> {
            String value = header.value(response::values);
            if (value != null) {
                values.put(name, value);
            }
        });
        return values;
    }
}
