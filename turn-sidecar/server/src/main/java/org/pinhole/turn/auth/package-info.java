/**
 * Who asks: RFC 8489's long-term credentials, stateless nonces, and the places where keys come from (static users, a user
 * file, ephemeral credentials of a shared secret, the SIP application).
 */
package org.pinhole.turn.auth;
