package org.pinhole.app.credentials;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The question that a data base is asked for an H(A1): SQL in which {@code {user}}, {@code {realm}} and {@code {algorithm}}
 * stand for values, which are bound and never pasted. The first column of the first row is the answer. Without {@code
 * {algorithm}} it is a question for MD5, as Kamailio's table {@code subscriber} has it. Immutable.
 */
public final class JdbcQuery {
    /** Kamailio's own table. */
    public static final String KAMAILIO = "SELECT ha1 FROM subscriber WHERE username = {user} AND domain = {realm}";

    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");

    private final String text;
    private final String sql;
    private final List<String> places;

    private JdbcQuery(String text, String sql, List<String> places) {
        this.text = text;
        this.sql = sql;
        this.places = Collections.unmodifiableList(places);
    }

    /**
     * Reads a query.
     *
     * @throws IllegalArgumentException that says what is allowed
     */
    public static JdbcQuery parse(String text) {
        List<String> places = new ArrayList<>();
        Matcher matcher = PLACE.matcher(text);
        StringBuffer sql = new StringBuffer(); // Java 8's Matcher takes no other
        while (matcher.find()) {
            places.add(matcher.group(1));
            matcher.appendReplacement(sql, "?");
        }
        matcher.appendTail(sql);
        boolean known = places.stream()
                .allMatch(place -> place.equals("user") || place.equals("realm") || place.equals("algorithm"));
        if (!known || !places.contains("user") || sql.indexOf("'?'") >= 0) {
            throw new IllegalArgumentException(
                    "a SELECT with {user}, and with {realm} and {algorithm} if they matter, without quotes around them, expected");
        }
        return new JdbcQuery(text, sql.toString(), places);
    }

    /** Whether there is an answer for any algorithm but MD5. */
    public boolean knowsAlgorithms() {
        return places.contains("algorithm");
    }

    String sql() {
        return sql;
    }

    void bind(PreparedStatement statement, String user, String realm, String algorithm) throws SQLException {
        for (int i = 0; i < places.size(); i++) {
            String place = places.get(i);
            statement.setString(i + 1, place.equals("user") ? user : place.equals("realm") ? realm : algorithm);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
