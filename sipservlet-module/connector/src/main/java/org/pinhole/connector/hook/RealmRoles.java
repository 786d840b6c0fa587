package org.pinhole.connector.hook;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.catalina.Realm;
import org.apache.catalina.realm.CombinedRealm;
import org.apache.catalina.realm.GenericPrincipal;
import org.apache.catalina.realm.RealmBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The roles that the container's own realm, such as tomcat-users.xml, gives a user; it is not asked for the password. */
final class RealmRoles {
    private static final Logger LOG = LoggerFactory.getLogger(RealmRoles.class);

    /** To look for it takes longer than all that is asked through it. Protected; null where a container has none. */
    private static final @Nullable Method GET_PRINCIPAL = getPrincipal();

    private RealmRoles() {}

    private static @Nullable Method getPrincipal() {
        try {
            Method method = RealmBase.class.getDeclaredMethod("getPrincipal", String.class);
            method.setAccessible(true);
            return method;
        } catch (ReflectiveOperationException | RuntimeException unavailable) {
            return null;
        }
    }

    /** The user's roles; none when the realm does not know him. */
    static List<String> of(@Nullable Realm realm, String user) {
        try {
            if (realm instanceof CombinedRealm) {
                return ofFirst((CombinedRealm) realm, user);
            }
            return realm instanceof RealmBase ? ofBase((RealmBase) realm, user) : Collections.emptyList();
        } catch (ReflectiveOperationException | RuntimeException unavailable) {
            LOG.warn("the container's realm does not tell the roles of users: {}", String.valueOf(unavailable));
            return Collections.emptyList();
        }
    }

    private static List<String> ofFirst(CombinedRealm realm, String user) throws ReflectiveOperationException {
        Field nested = CombinedRealm.class.getDeclaredField("realms"); // no accessor tells them
        nested.setAccessible(true);
        for (Object one : (List<?>) nested.get(realm)) {
            List<String> roles = of((Realm) one, user);
            if (!roles.isEmpty()) {
                return roles;
            }
        }
        return Collections.emptyList();
    }

    private static List<String> ofBase(RealmBase realm, String user) throws ReflectiveOperationException {
        if (GET_PRINCIPAL == null) {
            throw new NoSuchMethodException("RealmBase.getPrincipal");
        }
        Object principal = GET_PRINCIPAL.invoke(realm, user);
        return principal instanceof GenericPrincipal
                ? Arrays.asList(((GenericPrincipal) principal).getRoles())
                : Collections.emptyList();
    }
}
