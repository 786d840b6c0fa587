/** TLS as the server owns it: identities by name, ticket keys that outlive the process, contexts that are replaced. */
package org.pinhole.turn.tls;
