/** Session descriptions as lines: read, changed and written without an opinion on what they mean (RFC 8866). */
package org.pinhole.ue.sdp;
