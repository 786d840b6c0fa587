package org.pinhole.ue.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.digest.Challenge;
import org.pinhole.ue.digest.Credentials;
import org.pinhole.ue.digest.DigestAnswer;
import org.pinhole.ue.digest.DigestClient;
import org.pinhole.ue.digest.DigestRequest;

/** Sends a request and answers the challenges to it, each time as a new transaction with the next CSeq (RFC 3261 §22.2). */
final class Requester {
    /** One 401 and one 407 and a stale nonce each: more means that the credentials are wrong. */
    private static final int MAX_CHALLENGES = 4;

    /** What the request's owner learns. Called on the loop. */
    interface Owner {
        default void provisional(SipRequest request, SipResponse response) {}

        void done(SipRequest request, Exchange exchange);

        void failed(String reason);

        /** For a request whose outcome shows elsewhere. */
        Owner DEAF = new Owner() {
            @Override
            public void done(SipRequest request, Exchange exchange) {}

            @Override
            public void failed(String reason) {}
        };
    }

    private final ClientTransactions transactions;
    private final Ids ids;
    private final Credentials credentials;
    private final Realms realms;
    private final boolean counting;

    Requester(ClientTransactions transactions, Ids ids, UeSettings settings) {
        this.counting = !settings.misbehaviours().contains(Misbehaviour.WRONG_NC);
        this.transactions = transactions;
        this.ids = ids;
        this.credentials = settings.credentials();
        this.realms = new Realms(settings);
    }

    /** A memory of challenges, to go along with a series of requests that may share a nonce. */
    DigestClient newDigestClient() {
        return new DigestClient(credentials, ids::cnonce, counting);
    }

    /** A request that nobody may challenge, so that it goes out once and as it is (RFC 3261 §22.1: CANCEL). */
    void sendPlain(SipRequest request, Owner owner) {
        transactions.start(request, new ResponseHandler() {
            @Override
            public void response(SipRequest sent, SipResponse response) {
                if (!response.provisional()) {
                    owner.done(sent, new Exchange(List.of(), null, response, null));
                }
            }

            @Override
            public void failed(String reason) {
                owner.failed(reason);
            }
        });
    }

    void send(SipRequest request, LongSupplier nextCSeq, Owner owner) {
        send(request, newDigestClient(), nextCSeq, owner);
    }

    /** With a memory: an answer is sent along at once if a nonce is known. */
    void send(SipRequest request, DigestClient registrar, LongSupplier nextCSeq, Owner owner) {
        DigestAnswer answer = registrar.answer(covered(request));
        new Attempt(registrar, newDigestClient(), nextCSeq, owner).send(request, answer, null);
    }

    private static DigestRequest covered(SipRequest request) {
        return DigestRequest.of(request.method(), request.uri(), request.body());
    }

    private final class Attempt implements ResponseHandler {
        private final DigestClient www;
        private final DigestClient proxy;
        private final LongSupplier nextCSeq;
        private final Owner owner;
        private final List<SipResponse> challenged = new ArrayList<>();
        private @Nullable DigestAnswer wwwAnswer;
        private @Nullable DigestAnswer proxyAnswer;

        Attempt(DigestClient www, DigestClient proxy, LongSupplier nextCSeq, Owner owner) {
            this.www = www;
            this.proxy = proxy;
            this.nextCSeq = nextCSeq;
            this.owner = owner;
        }

        void send(SipRequest request, @Nullable DigestAnswer toRegistrar, @Nullable DigestAnswer toProxy) {
            SipHeaders headers = request.headers().without("Authorization").without("Proxy-Authorization");
            if (toRegistrar != null) {
                headers = headers.plus("Authorization", toRegistrar.headerValue());
            }
            if (toProxy != null) {
                headers = headers.plus("Proxy-Authorization", toProxy.headerValue());
            }
            wwwAnswer = toRegistrar;
            proxyAnswer = toProxy;
            transactions.start(request.with(headers), this);
        }

        @Override
        public void response(SipRequest request, SipResponse response) {
            if (response.provisional()) {
                owner.provisional(request, response);
            } else if (response.status() == 401 || response.status() == 407) {
                challenged(request, response);
            } else {
                finish(request, response);
            }
        }

        private void challenged(SipRequest request, SipResponse response) {
            List<Challenge> offered = response.challenges();
            boolean proxyAsks = response.status() == 407;
            boolean answered = (proxyAsks ? proxyAnswer : wwwAnswer) != null;
            boolean stale = offered.stream().anyMatch(Challenge::stale);
            if (challenged.size() >= MAX_CHALLENGES || (answered && !stale && !challenged.isEmpty())) {
                owner.failed("the credentials were not accepted: " + response.startLine() + " came again");
                return;
            }
            List<Challenge> ours = realms.answered(request, offered);
            if (ours.isEmpty() && !offered.isEmpty()) {
                owner.failed(Realms.refusal(response));
                return;
            }
            if (!(proxyAsks ? proxy : www).accept(ours)) {
                owner.failed(response.startLine() + " offers no Digest algorithm that this UE can do");
                return;
            }
            challenged.add(response);
            SipRequest next = again(request);
            DigestAnswer toRegistrar = proxyAsks && wwwAnswer == null ? null : www.answer(covered(next));
            DigestAnswer toProxy = proxy.answer(covered(next));
            send(next, toRegistrar, toProxy);
        }

        private SipRequest again(SipRequest request) {
            String via = request.headers().require("Via").replaceFirst("branch=[^;,]*", "branch=" + ids.branch());
            CSeq cseq = new CSeq(nextCSeq.getAsLong(), request.method());
            return request.with(request.headers().with("Via", via).with("CSeq", cseq.toString()));
        }

        private void finish(SipRequest request, SipResponse response) {
            String info = response.headers().find("Authentication-Info");
            String proxyInfo = response.headers().find("Proxy-Authentication-Info");
            Boolean proved = wwwAnswer == null ? null : wwwAnswer.confirmedBy(info, response.body());
            if (proved == null && proxyAnswer != null) {
                proved = proxyAnswer.confirmedBy(proxyInfo, response.body());
            }
            if (Boolean.FALSE.equals(proved)) {
                owner.failed("the server's rspauth is wrong: it does not know the secret");
                return;
            }
            www.follow(info);
            proxy.follow(proxyInfo);
            DigestAnswer used = wwwAnswer == null ? proxyAnswer : wwwAnswer;
            owner.done(request, new Exchange(challenged, used == null ? null : used.algorithm(), response, proved));
        }

        @Override
        public void failed(String reason) {
            owner.failed(reason);
        }
    }
}
