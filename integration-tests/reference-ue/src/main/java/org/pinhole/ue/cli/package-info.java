/** The reference UE at the command line: options in, one line per step out. */
package org.pinhole.ue.cli;
