/** Where users are kept, and what is known of each: H(A1) per realm and hash function, never a password. */
package org.pinhole.app.credentials;
