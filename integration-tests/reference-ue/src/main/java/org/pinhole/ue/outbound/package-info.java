/** A UE on several flows: one per edge, each replaced when it fails (RFC 5626 §4.2, §4.5). */
package org.pinhole.ue.outbound;
