/** A standalone SIP servlet container, assembled, started and stopped the way an operator has it. */
package org.pinhole.suite.container;
