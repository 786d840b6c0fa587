/** What is woven into the container: one table, one call per advice. */
package org.pinhole.agent.patch;
