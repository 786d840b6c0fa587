/** Figures as text: tables and a verdict per target. */
package org.pinhole.bench.report;
