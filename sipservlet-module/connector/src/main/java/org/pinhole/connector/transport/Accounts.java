package org.pinhole.connector.transport;

import org.pinhole.connector.limit.FlowsPerUser;

/** To whom the flows of one connector count, so that nobody has more than so many at once. Any thread. */
final class Accounts {
    private final int most;
    private final FlowsPerUser<SipFlow> flows;
    private final Complaints complaints;

    /** @param most flows of one account */
    Accounts(int most, Complaints complaints) {
        this.most = most;
        this.flows = new FlowsPerUser<>(most);
        this.complaints = complaints;
    }

    Complaints complaints() {
        return complaints;
    }

    /** A flow is this account's; the account's oldest makes room for it, and an operator hears of that. */
    void enter(String account, SipFlow flow) {
        SipFlow oldest;
        synchronized (this) { // or two that come at once share nothing
            SipFlow another = flows.findOneOf(account);
            if (another != null) {
                flow.messageChannel().sharesCallsWith(another.messageChannel());
            }
            oldest = flows.enter(account, flow);
        }
        if (oldest != null) {
            String tooMany = "more than " + most + " flows (pinhole.limits.flows-per-user)";
            oldest.superseded("its user has " + tooMany + ", and this was the oldest");
            complaints.warn(
                    account,
                    "has " + tooMany + ", and loses the oldest for each newer one: raise that if as many devices share"
                            + " the account, else change its password");
        }
    }

    /** It is this account's no more. */
    void leave(String account, SipFlow flow) {
        flows.leave(account, flow);
    }
}
