package org.pinhole.agent.patch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.pinhole.agent.check.Member;

/** One change to one method of the container: where, what, what it relies on, and why no seam of the container would do. */
public final class Patch {
    private final Member target;
    private final Class<?> advice;
    private final boolean essential;
    private final String feature;
    private final List<Member> needs;

    private Patch(Member target, Class<?> advice, boolean essential, String feature, List<Member> needs) {
        this.target = target;
        this.advice = advice;
        this.essential = essential;
        this.feature = feature;
        this.needs = needs;
    }

    /** Without it nothing works, so that one miss means that nothing is woven at all. */
    static Patch essential(Member target, Class<?> advice, String feature, Member... alsoNeeds) {
        return new Patch(target, advice, true, feature, needs(target, alsoNeeds));
    }

    /** Without it a feature is missing. */
    static Patch optional(Member target, Class<?> advice, String feature, Member... alsoNeeds) {
        return new Patch(target, advice, false, feature, needs(target, alsoNeeds));
    }

    private static List<Member> needs(Member target, Member... also) {
        List<Member> all = new ArrayList<>();
        all.add(target);
        all.addAll(Arrays.asList(also));
        return Collections.unmodifiableList(all);
    }

    /** The method that is changed. */
    public Member target() {
        return target;
    }

    /** The class whose code is inlined. */
    public Class<?> advice() {
        return advice;
    }

    /** Whether nothing works without it. */
    public boolean isEssential() {
        return essential;
    }

    /** What users lose without it. */
    public String feature() {
        return feature;
    }

    /** Everything that must be there for it to work. */
    public List<Member> needs() {
        return needs;
    }
}
