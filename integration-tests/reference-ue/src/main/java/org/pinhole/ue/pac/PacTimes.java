package org.pinhole.ue.pac;

import java.time.DayOfWeek;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The standard's ranges of weekdays, dates and times. Both ends belong to a range; one that ends before it begins goes round.
 * With {@code GMT} as the last argument they are meant there. Pure; the arguments are as the script gave them.
 */
final class PacTimes {
    private static final List<String> DAYS = List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final int LAST_DAY = 31;
    private static final long WIDTH = 10_000;

    private PacTimes() {}

    static boolean weekdayRange(List<String> arguments, ZonedDateTime local) {
        List<String> days = withoutGmt(arguments);
        if (days.isEmpty() || days.size() > 2) {
            throw new IllegalArgumentException("weekdayRange" + arguments);
        }
        DayOfWeek today = meant(arguments, local).getDayOfWeek();
        long from = index(DAYS, days.get(0));
        long to = index(DAYS, days.get(days.size() - 1));
        return within(today.getValue() - 1L, from, to);
    }

    /** One or two of: a day, a month, a year, a day and month, a month and year, a whole date. */
    static boolean dateRange(List<String> arguments, ZonedDateTime local) {
        List<String> given = withoutGmt(arguments);
        ZonedDateTime now = meant(arguments, local);
        boolean single = given.size() == 1 || given.size() == 3;
        int half = single ? given.size() : given.size() / 2;
        if (given.isEmpty() || given.size() > 6 || given.size() != (single ? half : half * 2)) {
            throw new IllegalArgumentException("dateRange" + arguments);
        }
        List<String> from = given.subList(0, half);
        List<String> to = single ? from : given.subList(half, given.size());
        return within(alike(from, now), date(from), date(to));
    }

    /** One hour, or two of: an hour, an hour and minute, an hour, minute and second. */
    static boolean timeRange(List<String> arguments, ZonedDateTime local) {
        List<String> given = withoutGmt(arguments);
        ZonedDateTime now = meant(arguments, local);
        int half = given.size() == 1 ? 1 : given.size() / 2;
        if (given.isEmpty() || given.size() > 6 || (given.size() > 1 && given.size() % 2 != 0)) {
            throw new IllegalArgumentException("timeRange" + arguments);
        }
        long[] parts = {now.getHour(), now.getMinute(), now.getSecond()};
        long seen = 0;
        for (int i = 0; i < half; i++) {
            seen = seen * WIDTH + parts[i];
        }
        return within(seen, time(given.subList(0, half)), time(given.subList(given.size() - half, given.size())));
    }

    private static boolean within(long seen, long from, long to) {
        return from <= to ? from <= seen && seen <= to : from <= seen || seen <= to;
    }

    private static long time(List<String> parts) {
        long value = 0;
        for (String part : parts) {
            value = value * WIDTH + number(part);
        }
        return value;
    }

    /** Year, month and day as one number, those that are named. */
    private static long date(List<String> parts) {
        long[] fields = new long[3];
        for (String part : parts) {
            int field = field(part);
            fields[field] = field == 1 ? index(MONTHS, part) + 1 : number(part);
        }
        return joined(fields);
    }

    /** Those fields of now that are named there. */
    private static long alike(List<String> named, ZonedDateTime now) {
        long[] fields = new long[3];
        long[] all = {now.getYear(), now.getMonthValue(), now.getDayOfMonth()};
        for (String part : named) {
            fields[field(part)] = all[field(part)];
        }
        return joined(fields);
    }

    private static long joined(long[] fields) {
        return Arrays.stream(fields).reduce(0, (all, one) -> all * WIDTH + one);
    }

    /** 0 for a year, 1 for a month, 2 for a day. */
    private static int field(String part) {
        if (MONTHS.contains(part.toUpperCase(Locale.ROOT))) {
            return 1;
        }
        return number(part) > LAST_DAY ? 0 : 2;
    }

    private static long number(String part) {
        try {
            return (long) Double.parseDouble(part);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + part + "' is no number", e);
        }
    }

    private static long index(List<String> names, String name) {
        int found = names.indexOf(name.toUpperCase(Locale.ROOT));
        if (found < 0) {
            throw new IllegalArgumentException("'" + name + "' is none of " + names);
        }
        return found;
    }

    private static boolean gmt(List<String> arguments) {
        return !arguments.isEmpty() && arguments.get(arguments.size() - 1).equalsIgnoreCase("GMT");
    }

    private static List<String> withoutGmt(List<String> arguments) {
        return gmt(arguments) ? new ArrayList<>(arguments.subList(0, arguments.size() - 1)) : arguments;
    }

    private static ZonedDateTime meant(List<String> arguments, ZonedDateTime local) {
        return gmt(arguments) ? local.withZoneSameInstant(ZoneOffset.UTC) : local;
    }
}
