package org.pinhole.turn.request;

import java.util.List;
import org.pinhole.stun.Attribute;

/** The part of one method that comes after authentication: the attributes of a success, or a StunException. */
@FunctionalInterface
interface RequestHandler {
    List<Attribute> handle(Request request);
}
