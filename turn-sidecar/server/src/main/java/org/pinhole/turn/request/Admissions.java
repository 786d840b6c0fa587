package org.pinhole.turn.request;

import java.util.ArrayList;
import java.util.List;
import org.pinhole.stun.AddressFamily;
import org.pinhole.stun.AlternateDomain;
import org.pinhole.stun.AlternateServer;
import org.pinhole.stun.Attribute;
import org.pinhole.stun.StunException;
import org.pinhole.turn.allocation.FiveTuple;

/** Makes answers of the operator's decisions (RFC 8489 §10). */
final class Admissions {
    private final Admission admission;

    Admissions(Admission admission) {
        this.admission = admission;
    }

    /** 300 with the other server, or 508. */
    void require(FiveTuple fiveTuple) {
        Admission.Decision decision = admission.decide(fiveTuple);
        if (decision instanceof Admission.Redirected elsewhere) {
            throw tryAlternate(fiveTuple, elsewhere);
        }
        if (decision instanceof Admission.Refused) {
            throw new StunException(508, "no new allocations");
        }
    }

    /** 300 with the other server, if there is one for the client when this one is full. */
    void sendElsewhere(FiveTuple fiveTuple) {
        if (admission.whenFull(fiveTuple) instanceof Admission.Redirected elsewhere) {
            throw tryAlternate(fiveTuple, elsewhere);
        }
    }

    /** "MUST contain an IP address of the same address family as the source IP address". */
    private static StunException tryAlternate(FiveTuple fiveTuple, Admission.Redirected elsewhere) {
        if (AddressFamily.of(elsewhere.address().getAddress())
                != AddressFamily.of(fiveTuple.client().getAddress())) {
            return new StunException(508, "no new allocations, and elsewhere only in the other address family");
        }
        List<Attribute> where = new ArrayList<>();
        where.add(new AlternateServer(elsewhere.address()));
        if (elsewhere.domain() != null) {
            where.add(new AlternateDomain(elsewhere.domain()));
        }
        return new StunException(300, "try " + elsewhere.address(), where);
    }
}
