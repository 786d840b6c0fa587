/** What an edge proxy does with a phone's requests (RFC 5626, RFC 3325): where they came from, who sent them, where next. */
package org.pinhole.app.outbound;
