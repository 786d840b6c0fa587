/** One class per question that the benchmarks answer. */
package org.pinhole.bench.scenario;
