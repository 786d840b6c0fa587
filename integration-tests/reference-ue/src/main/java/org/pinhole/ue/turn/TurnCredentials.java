package org.pinhole.ue.turn;

/** A long-term user and password, lasting or expiring: to this side they are the same. Prints no password. */
public record TurnCredentials(String user, String password) {
    @Override
    public String toString() {
        return "TURN credentials of " + user;
    }
}
