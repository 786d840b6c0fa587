/** What is counted, by those who do the work and without a lock; {@code admin} shows it. */
package org.pinhole.turn.metrics;
