/** The request's path: a list of steps over one exchange, and the words they share. No servlet type is seen here. */
package org.pinhole.app.chain;
