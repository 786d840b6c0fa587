package org.pinhole.suite.peer;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test drives foreign programs, found on PATH. Where one is missing the test is skipped and says which; with CI=true it
 * fails instead. When it fails, what they said is kept in target/traces. Carries the tag {@code peer}, which a plain {@code mvn verify} leaves out.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("peer")
@ExtendWith({PeerCondition.class, KeptTraces.class})
public @interface NeedsPeer {
    /** The commands, as typed. */
    String[] value();
}
