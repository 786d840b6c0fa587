package org.pinhole.agent;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.stream.Collectors;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.utility.JavaModule;
import org.jspecify.annotations.Nullable;
import org.pinhole.agent.check.Member;
import org.pinhole.agent.check.SignatureCheck;
import org.pinhole.agent.patch.Patch;

/**
 * Weaves the patches into the container's classes as they load, after the signature check: one essential member missing
 * and nothing at all is woven, so that an unknown container starts as if we were not there.
 */
final class Weaver {
    private final List<Patch> patches;
    /** Which patches fit the container behind a class loader. */
    private final Map<ClassLoader, Set<Patch>> fitting = Collections.synchronizedMap(new WeakHashMap<>());

    Weaver(List<Patch> patches) {
        this.patches = patches;
    }

    /** From now on watches classes load. */
    AgentBuilder builder() {
        AgentBuilder builder =
                new AgentBuilder.Default().disableClassFormatChanges().with(new ReportErrors());
        for (Patch patch : patches) {
            builder = builder.type(ElementMatchers.named(patch.target().type()))
                    .transform((type, description, loader, module, domain) -> weave(type, patch, loader));
        }
        return builder;
    }

    private DynamicType.Builder<?> weave(DynamicType.Builder<?> type, Patch patch, @Nullable ClassLoader loader) {
        if (!fittingPatches(loader).contains(patch)) {
            return type;
        }
        ElementMatcher<MethodDescription> target = new ElementMatcher<MethodDescription>() {
            @Override
            public boolean matches(MethodDescription method) {
                return patch.target().matches(method);
            }
        };
        Advice advice = Advice.to(patch.advice(), ClassFileLocator.ForClassLoader.of(Weaver.class.getClassLoader()));
        return type.visit(advice.on(target));
    }

    private Set<Patch> fittingPatches(@Nullable ClassLoader loader) {
        if (loader == null) {
            return Collections.emptySet();
        }
        return fitting.computeIfAbsent(loader, this::check);
    }

    private Set<Patch> check(ClassLoader loader) {
        SignatureCheck signatures = new SignatureCheck(loader);
        Set<Patch> fit = new HashSet<>();
        for (Patch patch : patches) {
            List<Member> missing = signatures.missing(patch.needs());
            if (missing.isEmpty()) {
                fit.add(patch);
                continue;
            }
            String expected = missing.stream().map(Member::toString).collect(Collectors.joining(", "));
            if (patch.isEssential()) {
                Report.line("this container is not one that Pinhole knows, and starts unchanged: expected " + expected);
                return Collections.emptySet();
            }
            Report.line("not available in this container: " + patch.feature() + " (expected " + expected + ")");
        }
        return fit;
    }

    /** A class that cannot be woven stays as it is, and that is said. */
    private static final class ReportErrors extends AgentBuilder.Listener.Adapter {
        @Override
        public void onError(
                String typeName,
                @Nullable ClassLoader classLoader,
                @Nullable JavaModule module,
                boolean loaded,
                Throwable throwable) {
            Report.problem(typeName + " could not be woven and stays as it is", throwable);
        }

        @Override
        public void onTransformation(
                TypeDescription typeDescription,
                @Nullable ClassLoader classLoader,
                @Nullable JavaModule module,
                boolean loaded,
                DynamicType dynamicType) {
            // the application's log tells what came of it
        }
    }
}
