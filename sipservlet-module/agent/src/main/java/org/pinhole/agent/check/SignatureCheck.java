package org.pinhole.agent.check;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

/** Looks members up in class files, without loading a class. */
public final class SignatureCheck {
    private final TypePool types;

    /** Looks where a class loader would. */
    public SignatureCheck(@Nullable ClassLoader loader) {
        this(ClassFileLocator.ForClassLoader.of(loader));
    }

    /** Looks in the given place. */
    public SignatureCheck(ClassFileLocator classFiles) {
        this.types = TypePool.Default.of(classFiles);
    }

    /** Those of the members that are not there. */
    public List<Member> missing(Iterable<Member> members) {
        List<Member> missing = new ArrayList<>();
        for (Member member : members) {
            if (!isThere(member)) {
                missing.add(member);
            }
        }
        return missing;
    }

    private boolean isThere(Member member) {
        try {
            TypePool.Resolution resolution = types.describe(member.type());
            return resolution.isResolved() && member.in(resolution.resolve());
        } catch (TypePool.Resolution.NoSuchTypeException aParameterTypeIsMissing) {
            return false;
        }
    }
}
