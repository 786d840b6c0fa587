package org.pinhole.turn.request;

/** The part of one method that comes after authentication: a reply, or a StunException. */
@FunctionalInterface
interface RequestHandler {
    Reply handle(Request request);
}
