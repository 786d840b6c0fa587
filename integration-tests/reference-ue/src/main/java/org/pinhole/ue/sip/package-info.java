/**
 * A SIP user agent over one flow: messages and their framing (pure), Digest, transactions over a reliable transport,
 * registration with keep-alive, and calls. Everything that has state runs on one {@link org.pinhole.ue.sip.UeLoop}.
 */
package org.pinhole.ue.sip;
